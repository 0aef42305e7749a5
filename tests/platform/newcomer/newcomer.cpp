// SPDX-License-Identifier: Apache-2.0
//
// Somebody's first day, in five commands of the README: a platform driver of 200 lines, its node as an overlay, an
// analyser's capture with its own channel names, a breakpoint in the handler, and an editor without complaints.
#include "tests/sim.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

using namespace rk3568::test;

namespace {

struct first_day : simulation {
    first_day() {
        for (const char *name : {"counter.c", "counter.dtso", "capture.csv"})
            std::filesystem::copy_file(std::string(HERE) + "/" + name, path(name));
    }
    std::string said;
    int run(const std::string &command) {
        const int status = std::system(("cd '" + path(".") + "' && (" + command + ") >said 2>&1 </dev/null").c_str());
        said = read("said");
        return status;
    }
};

const std::string options = "--dts counter.dtso --insmod counter.c --stimulus capture.csv:D2=GPIO3_A5";

} // namespace

BOOST_FIXTURE_TEST_CASE(the_driver_counts_the_edges_of_the_capture, first_day) {
    BOOST_TEST(run(TOP "/build/rk3568-sim " + options +
                   " --exec '90ms cat /sys/bus/platform/devices/counter/total' --latency l.json") == 0,
               said);
    BOOST_TEST(said.find("edge-counter counter: 3 edges\n") != std::string::npos, said);
    BOOST_TEST(said.find("GPIO3_A5") != std::string::npos, said);
}

BOOST_FIXTURE_TEST_CASE(a_breakpoint_in_the_handler_is_met_with_the_kernel_below_it, first_day) {
    file("commands", "break counter_irq\nrun\nbt 30\nrk-irqs\nrk-tasks\nrk-workqueues\ndelete\ncontinue\n");
    run("gdb -q -batch -iex 'add-auto-load-safe-path " TOP "' -x " TOP "/platform/gdb.py -x commands --args " TOP
        "/build/rk3568-sim " +
        options + " --module-flags -O0");
    BOOST_TEST(said.find(", counter_irq (irq=") != std::string::npos, said);
    for (const char *frame : {"handle_edge_irq", "generic_handle_domain_irq", "gic_handle_irq"})
        BOOST_TEST(said.find(frame) != std::string::npos, said);
    BOOST_TEST(said.find("counter\n") != std::string::npos, said);      // rk-irqs
    BOOST_TEST(said.find("ksoftirqd/0") != std::string::npos, said);    // rk-tasks
    BOOST_TEST(said.find("events_highpri") != std::string::npos, said); // rk-workqueues
}

BOOST_FIXTURE_TEST_CASE(an_editor_finds_nothing_wrong, first_day) {
    BOOST_TEST(run(TOP "/platform/compile-commands counter.c") == 0, said);
    BOOST_TEST(run(RK3568_CLANGD " --check=counter.c") == 0, said);
    BOOST_TEST(said.find("All checks completed, 0 errors") != std::string::npos, said);
}
