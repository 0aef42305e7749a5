// SPDX-License-Identifier: Apache-2.0
//
// The modules of sw/modules/ with and without threadirqs: what they say and what becomes of each edge is the same; only
// where the handler runs is not.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fmt/format.h>

using namespace rk3568::test;

namespace {

outcome press(const std::string &module, const std::string &command_line) {
    simulation s;
    return s.run_plain({"--insmod", fmt::format("{}/sw/{}.ko", RK3568_BUILD, module), "--stimulus",
                        fmt::format("{}/demo/press.vcd", RK3568_BUILD), "--append", command_line, "--latency",
                        s.path("latency.json")});
}

long runs_of_threads(const outcome &r) {
    long runs = 0;
    for (const auto &p : r.latency["paths"])
        if (p["mechanism"] == "thread")
            runs += p["stages"]["thread"]["count"].get<long>();
    return runs;
}

// What the module itself has said.
std::vector<std::string> of_module(const outcome &r, const std::string &module) {
    std::vector<std::string> list;
    for (const std::string &line : r.lines())
        if (line.rfind(module + ": ", 0) == 0)
            list.push_back(line);
    return list;
}

// The account stands in a line's first path.
std::string account(const outcome &r) {
    const auto &p = r.latency["paths"].at(0);
    return fmt::format("{} {} {} {}", p["edges"].get<long>(), p["handled"].get<long>(), p["merged"].get<long>(),
                       p["lost"].get<long>());
}

// `own`: whether the module has a thread function and a handler that must not be forced, as it is ONESHOT.
// `any_order`: its lines are of items that sleep side by side and end at one tick.
void same_results(const std::string &module, bool own = false, bool any_order = false) {
    const outcome plain = press(module, "rw"), forced = press(module, "threadirqs");
    BOOST_TEST(plain.status == 0, plain.err);
    BOOST_TEST(forced.status == 0, forced.err);
    auto said = of_module(plain, module), then = of_module(forced, module);
    if (any_order)
        for (auto *lines : {&said, &then})
            std::sort(lines->begin(), lines->end());
    BOOST_TEST(said.size() >= 2u);
    BOOST_TEST(said == then, boost::test_tools::per_element());
    BOOST_TEST(account(plain) == account(forced));
    // And it is a thread now.
    BOOST_TEST((runs_of_threads(plain) > 0) == own);
    BOOST_TEST(runs_of_threads(forced) > 0);
}

} // namespace

#define SAME_RESULTS(module)                                                                                           \
    BOOST_AUTO_TEST_CASE(module##_gives_the_same_results) {                                                            \
        same_results(#module);                                                                                         \
    }

BOOST_AUTO_TEST_CASE(irq_cmwq_gives_the_same_results) {
    same_results("irq_cmwq", false, true);
}
SAME_RESULTS(irq_debounce)
SAME_RESULTS(irq_multi)
SAME_RESULTS(irq_plain)
SAME_RESULTS(irq_softirq)
SAME_RESULTS(irq_tasklet)
SAME_RESULTS(irq_work)
SAME_RESULTS(irq_wq)

BOOST_AUTO_TEST_CASE(irq_thread_gives_the_same_results_and_keeps_its_handler) {
    same_results("irq_thread", true);
}
