// SPDX-License-Identifier: Apache-2.0
//
// The trace in its three forms, the waveform and the latencies are one run seen five times.
#include "tests/platform/outputs/driver.h"

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(waveform_trace_and_latencies_of_one_run_agree) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 40, 10000, 3000));
    BOOST_REQUIRE(s.run({"--vcd", s.path("run.vcd"), "--ftrace", s.path("trace.txt")}).status == 0);
    BOOST_REQUIRE(s.run({"--ftrace", s.path("trace.dat")}).status == 0);
    const outcome r = s.run({"--ftrace", s.path("trace.json")});
    BOOST_REQUIRE_MESSAGE(r.status == 0, r.err);
    check_with("python3 check_traces.py " + s.path("") + " GPIO3_A5 'a button'");
}

BOOST_AUTO_TEST_CASE(two_runs_give_the_same_trace) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 5, 10000, 3000));
    for (const char *ending : {"txt", "dat", "json"}) {
        const std::string a = std::string("a.") + ending, b = std::string("b.") + ending;
        BOOST_REQUIRE(s.run({"--ftrace", s.path(a)}).status == 0);
        BOOST_REQUIRE(s.run({"--ftrace", s.path(b)}).status == 0);
        BOOST_TEST(s.read(a).size() > 1000u);
        BOOST_TEST((s.read(a) == s.read(b)), ending);
    }
}
