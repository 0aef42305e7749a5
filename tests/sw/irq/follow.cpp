// SPDX-License-Identifier: Apache-2.0
//
// Lines that are moved from CPU to CPU while they fire: by a user's write to /proc, and by a balancer.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

using namespace rk3568::test;

namespace {

std::string test_module(const std::string &name, const std::string &arguments) {
    return fmt::format("{}/{}.ko:{}", RK3568_TEST_MODULES, name, arguments);
}

const nlohmann::json &path_of(const outcome &r) {
    BOOST_REQUIRE_MESSAGE(!r.latency["paths"].empty(), r.err);
    return r.latency["paths"][0];
}

} // namespace

BOOST_AUTO_TEST_CASE(an_spi_that_is_asserted_after_the_route_has_changed_is_handled_by_the_new_cpu) {
    simulation s;
    const outcome r = s.run_plain({"--insmod", test_module("follow", "spi=1"), "--for", "10ms", "--exec",
                                   "2ms echo 4 > /proc/irq/19/smp_affinity"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("irq") == 19);
    BOOST_TEST(r.number("handled") == 200); // none lost
    BOOST_TEST(r.number("wrong") == 0);
    BOOST_TEST(r.number("first_after") == 2);
    BOOST_TEST(r.number("cpu0") > 30);
    BOOST_TEST(r.number("cpu2") > 30);
    BOOST_TEST(r.number("cpu0") + r.number("cpu2") == 200);
}

BOOST_AUTO_TEST_CASE(a_gpio_bank_whose_parent_is_moved_goes_on_at_the_new_cpu_and_loses_nothing) {
    simulation s;
    s.file("p.stim", presses("GPIO3_A5", 500, 20, 10));
    // 17 is the parent of GPIO3, SPI 36.
    const outcome r = s.run_plain(
        {"--insmod", test_module("follow", "parent=36,parent_irq=17"), "--stimulus", s.path("p.stim"), "--for", "15ms",
         "--exec", "2ms echo 2 > /sys/module/follow/parameters/route", "--latency", s.path("latency.json")});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("handled") == 500);
    BOOST_TEST(r.number("moved") == 1);
    BOOST_TEST(r.number("first_after") == 2);
    BOOST_TEST(r.number("cpu0") + r.number("cpu2") == 500);
    // The last one on the old CPU had been asserted before the write: it was handled within the time from pin to
    // handler.
    BOOST_TEST(r.number("late_ns") < 2000);
    BOOST_TEST(path_of(r)["edges"] == 500);
    BOOST_TEST(path_of(r)["handled"] == 500);
    BOOST_TEST(path_of(r)["lost"] == 0);
}

BOOST_AUTO_TEST_CASE(a_gpio_line_cannot_be_moved_apart_from_its_bank) {
    simulation s;
    const outcome r =
        s.run_plain({"--insmod", test_module("follow", "parent=36"), "--for", "5ms", "--exec",
                     "2ms echo 4 > /proc/irq/19/smp_affinity", "--exec", "3ms cat /proc/irq/19/smp_affinity"});
    BOOST_TEST(r.number("irq") == 19);
    BOOST_TEST(r.err.find("echo: write error: Input/output error") != std::string::npos, r.err);
    BOOST_TEST(r.out.find("\nf\n") != std::string::npos, r.out);
}

BOOST_AUTO_TEST_CASE(a_balancer_moves_lines_under_load_and_none_is_lost) {
    simulation s;
    s.file("p.stim", presses("GPIO3_A5", 2000, 25, 10) /* 50 ms */);
    const outcome r =
        s.run_plain({"--insmod", test_module("follow", "parent=36"), "--insmod",
                     fmt::format("{}/sw/irq_balance.ko:irqs=14,15,16,17,18,period_ms=4", RK3568_BUILD), "--stimulus",
                     s.path("p.stim"), "--for", "60ms", "--latency", s.path("latency.json")});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("handled") == 2000);
    BOOST_TEST(r.said(" moves, 0 refusals") == 1u, r.out);
    // It was on more than the two CPUs that are named.
    BOOST_TEST(r.number("cpu0") > 0);
    BOOST_TEST(r.number("cpu2") > 0);
    BOOST_TEST(r.number("cpu0") + r.number("cpu2") < 2000);
    BOOST_TEST(path_of(r)["edges"] == 2000);
    BOOST_TEST(path_of(r)["handled"] == 2000);
    BOOST_TEST(path_of(r)["lost"] == 0);
}
