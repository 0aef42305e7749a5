// SPDX-License-Identifier: Apache-2.0
//
// One press of a button whose contacts chatter for 5 ms, 40 edges after the first: each way to debounce makes one event
// of it. Without any there are as many as there are edges.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

outcome press_with(simulation &s, const std::string &module, std::vector<std::string> arguments = {}) {
    s.file("bounce.stim", "20ms GPIO3_A5 press 80ms bounce 5ms\n");
    arguments.insert(arguments.end(), {"--insmod", MODULES "/" + module});
    const outcome r = s.run(arguments);
    BOOST_TEST(r.status == 0, r.out + r.err);
    return r;
}

} // namespace

BOOST_AUTO_TEST_CASE(without_debouncing_every_rising_edge_is_an_interrupt) {
    simulation s;
    const outcome r = press_with(s, "irq_thread.c");
    BOOST_TEST(r.latency["paths"][0]["edges"] == 21 + 20); // of the press, and of the release
}

BOOST_AUTO_TEST_CASE(with_the_hardware_filter_a_bouncing_press_is_exactly_one_interrupt) {
    for (const char *which : {"systemc", "rtl", "lockstep"})
        for (const char *seed : {"0", "1", "2"}) {
            simulation s;
            const outcome r =
                press_with(s, "irq_debounce_hw.c", {"--gpio", which, "--seed", seed, "--append", "gpio_debounce=hw"});
            BOOST_TEST(r.said("irq_debounce_hw: 1 presses") == 1u, r.out);
            const auto &path = r.latency["paths"][0];
            BOOST_TEST(path["edges"] == 41);
            BOOST_TEST(path["handled"] == 1);
            BOOST_TEST(path["merged"] == 0);
            BOOST_TEST(path["reasons"]["filtered"] == 40);
            // Two samples, 10 ms in all, and the third that lets the level through.
            BOOST_TEST(path["stages"]["pin_to_handler"]["max_ns"] < 15'010'000);
        }
}

BOOST_AUTO_TEST_CASE(with_a_timer_a_bouncing_press_is_exactly_one_event) {
    simulation s;
    const outcome r = press_with(s, "irq_debounce_timer.c");
    BOOST_TEST(r.said("irq_debounce_timer: pressed after 41 edges") == 1u, r.out);
    BOOST_TEST(r.said("irq_debounce_timer: released after 41 edges") == 1u, r.out);
    BOOST_TEST(r.said("irq_debounce_timer: 1 presses, 1 releases, 0 glitches") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(with_delayed_work_a_bouncing_press_is_exactly_one_event) {
    simulation s;
    const outcome r = press_with(s, "irq_debounce.c");
    BOOST_TEST(r.said("irq_debounce: line is high after 41 edges") == 1u, r.out);
    BOOST_TEST(r.said("irq_debounce: line is low after 41 edges") == 1u, r.out);
    BOOST_TEST(r.said("irq_debounce: 2 changes, 0 glitches") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(set_debounce_answers_enotsupp_and_programs_the_shortest_filter_as_linux_does) {
    simulation s;
    s.module("t", R"(
#include <linux/gpio/consumer.h>
#include <linux/io.h>
#define SHOW(name, value) pr_info(#name "=%lld\n", (long long)(value))
static int __init t_init(void)
{
	void __iomem *regs = ioremap(0xfe760000, 0x100);
	struct gpio_desc *low = gpio_to_desc(96 + 5), *high = gpio_to_desc(96 + 20);

	gpio_request(96 + 5, "low");
	gpio_request(96 + 20, "high");
	SHOW(ms, gpiod_set_debounce(low, 1000));
	SHOW(divisor, readl(regs + 0x48));
	SHOW(low_on, readl(regs + 0x38));
	SHOW(divided, readl(regs + 0x40));
	SHOW(off, gpiod_set_debounce(low, 0));
	SHOW(off_on, readl(regs + 0x38));
	SHOW(longest, gpiod_set_debounce(high, 1398102));
	SHOW(high_on, readl(regs + 0x3c));
	SHOW(last_divisor, readl(regs + 0x48));
	gpio_free(96 + 5);
	gpio_free(96 + 20);
	iounmap(regs);
	return 0;
}
static void __exit t_exit(void) { }
module_init(t_init);
module_exit(t_exit);
)");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.number("ms") == -524);
    BOOST_TEST(r.number("divisor") == 11); // 1 us * 24 MHz / 2e6 - 1
    BOOST_TEST(r.number("low_on") == 0x20);
    BOOST_TEST(r.number("divided") == 0x20);
    BOOST_TEST(r.number("off") == -524);
    BOOST_TEST(r.number("off_on") == 0x20);
    BOOST_TEST(r.number("longest") == -524);
    BOOST_TEST(r.number("high_on") == 0x10);
    BOOST_TEST(r.number("last_divisor") == 11);
}

BOOST_AUTO_TEST_CASE(a_value_of_gpio_debounce_that_is_not_known_is_said) {
    simulation s;
    const outcome r = s.run({"--for", "1ms", "--append", "gpio_debounce=sw"});
    BOOST_TEST(r.said("gpio_debounce: expected hw, got sw") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(with_gpio_debounce_hw_set_config_debounces_for_real_microseconds_and_returns_0) {
    simulation s;
    s.module("t", R"(
#include <linux/gpio/consumer.h>
#include <linux/io.h>
#include <linux/pinctrl/pinconf-generic.h>
#define SHOW(name, value) pr_info(#name "=%lld\n", (long long)(value))
static int __init t_init(void)
{
	void __iomem *regs = ioremap(0xfe760000, 0x100);
	struct gpio_desc *low = gpio_to_desc(96 + 5), *high = gpio_to_desc(96 + 20);

	gpio_request(96 + 5, "low");
	gpio_request(96 + 20, "high");
	SHOW(ms, gpiod_set_debounce(low, 1000));
	SHOW(ms_divisor, readl(regs + 0x48));
	SHOW(ms_on, readl(regs + 0x38));
	SHOW(ms_divided, readl(regs + 0x40));
	SHOW(shorter, gpiod_set_debounce(high, 500));
	SHOW(shorter_divisor, readl(regs + 0x48));
	SHOW(shorter_on, readl(regs + 0x3c));
	SHOW(longer, gpiod_set_config(high, pinconf_to_config_packed(PIN_CONFIG_INPUT_DEBOUNCE, 2500)));
	SHOW(longer_divisor, readl(regs + 0x48));
	SHOW(longest, gpio_set_debounce(96 + 20, 1398101));
	SHOW(longest_divisor, readl(regs + 0x48));
	SHOW(too_long, gpiod_set_debounce(high, 1398102));
	SHOW(off, gpiod_set_debounce(high, 0));
	SHOW(off_on, readl(regs + 0x3c));
	SHOW(off_divided, readl(regs + 0x44));
	SHOW(others, readl(regs + 0x38));
	SHOW(unknown, gpiod_set_config(low, pinconf_to_config_packed(PIN_CONFIG_BIAS_PULL_UP, 1)));
	gpio_free(96 + 5);
	gpio_free(96 + 20);
	iounmap(regs);
	return 0;
}
static void __exit t_exit(void) { }
module_init(t_init);
module_exit(t_exit);
)");
    const outcome r = s.run({"--for", "1ms", "--append", "gpio_debounce=hw"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.number("ms") == 0);
    BOOST_TEST(r.number("ms_divisor") == 11999); // us * 24 MHz / 2e6 - 1
    BOOST_TEST(r.number("ms_on") == 0x20);
    BOOST_TEST(r.number("ms_divided") == 0x20);
    BOOST_TEST(r.number("shorter") == 0);
    BOOST_TEST(r.number("shorter_divisor") == 11999); // the bank has one divider, and it is only raised
    BOOST_TEST(r.number("shorter_on") == 0x10);
    BOOST_TEST(r.number("longer") == 0);
    BOOST_TEST(r.number("longer_divisor") == 29999);
    BOOST_TEST(r.number("longest") == 0);
    BOOST_TEST(r.number("longest_divisor") == 16777211);
    BOOST_TEST(r.number("too_long") == -22); // 2^24 * 2 / 24 MHz = 1.398101 s
    BOOST_TEST(r.number("off") == 0);
    BOOST_TEST(r.number("off_on") == 0);
    BOOST_TEST(r.number("off_divided") == 0);
    BOOST_TEST(r.number("others") == 0x20);
    BOOST_TEST(r.number("unknown") == -524);
}
