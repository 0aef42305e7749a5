// SPDX-License-Identifier: Apache-2.0
//
// Modules whose init function waits for a pin, and lines at the very end of a run.
#include "tests/sim.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

const std::string waits_for_an_edge = R"(
#include <linux/completion.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
static DECLARE_COMPLETION(pressed);
static irqreturn_t handler(int irq, void *arg) { complete(&pressed); return IRQ_HANDLED; }
static int __init waits_init(void)
{
	int error = request_irq(gpio_to_irq(101), handler, IRQF_TRIGGER_RISING, "waits", &pressed);
	if (error)
		return error;
	wait_for_completion(&pressed);
	pr_info("pressed\n");
	return 0;
}
module_init(waits_init);
static void __exit waits_exit(void) { free_irq(gpio_to_irq(101), &pressed); }
module_exit(waits_exit);
)";

} // namespace

BOOST_AUTO_TEST_CASE(an_init_that_waits_for_a_pin_gets_it_from_the_recording) {
    simulation s;
    s.module("waits", waits_for_an_edge);
    s.file("press.stim", "50ms GPIO3_A5 1\n");
    const outcome o = s.run({"--time-zero", "init", "--exec", "60ms echo after_the_press", "--for", "100ms"});
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.said("pressed\n") == 1, o.out);
    BOOST_TEST(o.printed() == "after_the_press\n");
}

BOOST_AUTO_TEST_CASE(an_init_that_waits_for_ever_ends_with_the_drivers_place) {
    simulation s;
    s.module("waits", waits_for_an_edge);
    const outcome o = s.run({"--time-zero", "init", "--for", "2s"});
    BOOST_TEST(o.status == 2, o.err);
    BOOST_TEST(o.said("does not come to its end") == 1, o.out);
    BOOST_TEST(o.err.find("waits.c:") != std::string::npos, o.err);
}

BOOST_AUTO_TEST_CASE(a_line_at_the_end_of_the_run_still_runs) {
    simulation s;
    const outcome o = s.run({"--for", "20ms", "--exec", "20ms echo first; sleep 0.05; echo second"});
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.printed() == "first\nsecond\n");
}

BOOST_AUTO_TEST_CASE(a_line_that_has_no_time_left_is_told_of) {
    simulation s;
    const outcome o = s.run({"--for", "20ms", "--exec", "20ms sleep 5"});
    BOOST_TEST(o.status == 1, o.err);
    BOOST_TEST(o.err.find("sleep 5: it starts when the run ends and takes more than 1 s: stopped") != std::string::npos,
               o.err);
}
