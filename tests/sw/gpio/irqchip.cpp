// SPDX-License-Identifier: Apache-2.0
//
// The bank's irq chip: what Linux's calls leave in the registers, and what they do to interrupts. Expected values:
// HARDWARE.md 1 and Linux's Documentation/core-api/genericirq.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

using namespace rk3568::test;

namespace {

constexpr const char *counting = R"(
#include <linux/io.h>
#include <linux/irq.h>
#define SHOW(name, value) pr_info(#name "=%lld\n", (long long)(value))
static int irq, count;
static void __iomem *regs;
static irqreturn_t h(int n, void *d) { count++; return IRQ_HANDLED; }
static u32 bit(u32 at) { return readl(regs + at) >> 5 & 1; }
)";

} // namespace

BOOST_AUTO_TEST_CASE(each_trigger_type_leaves_its_bits_in_type_polarity_and_bothedge) {
    simulation s;
    s.module("t", std::string(counting) + R"(
static void try(unsigned long flags)
{
	int ret = request_irq(irq, h, flags, "t", &irq);

	pr_info("%#lx: %d type %u polarity %u bothedge %u mask %u ddr %u\n", flags, ret, bit(0x20), bit(0x28),
		bit(0x30), bit(0x18), bit(0x08));
	if (!ret)
		free_irq(irq, &irq);
	pr_info("freed: mask %u\n", bit(0x18));
}
static int __init t_init(void)
{
	regs = ioremap(0xfe760000, 0x100);
	irq = gpio_to_irq(101);
	try(IRQF_TRIGGER_RISING);
	try(IRQF_TRIGGER_FALLING);
	try(IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING);
	try(IRQF_TRIGGER_HIGH);
	gpio_request_one(101, GPIOF_IN, "t");
	SHOW(chip, strcmp(irq_get_irq_data(irq)->chip->name, "rockchip_gpio_irq"));
	SHOW(hwirq, irq_get_irq_data(irq)->hwirq);
	SHOW(same, gpio_to_irq(101) == irq && gpiod_to_irq(gpio_to_desc(101)) == irq);
	gpio_free(101);
	return 0;
}
static void __exit t_exit(void) { iounmap(regs); }
module_init(t_init);
module_exit(t_exit);
)");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("0x1: 0 type 1 polarity 1 bothedge 0 mask 0 ddr 0") == 1u, r.out);
    BOOST_TEST(r.said("0x2: 0 type 1 polarity 0 bothedge 0 mask 0 ddr 0") == 1u, r.out);
    BOOST_TEST(r.said("0x3: 0 type 1 polarity 0 bothedge 1 mask 0 ddr 0") == 1u, r.out); // type and polarity stay
    BOOST_TEST(r.said("0x4: 0 type 0 polarity 1 bothedge 0 mask 0 ddr 0") == 1u, r.out);
    BOOST_TEST(r.said("freed: mask 1") == 4u, r.out);
    BOOST_TEST(r.number("chip") == 0);
    BOOST_TEST(r.number("hwirq") == 5);
    BOOST_TEST(r.number("same") == 1);
}

BOOST_AUTO_TEST_CASE(an_edge_while_the_irq_is_disabled_is_delivered_when_it_is_enabled) {
    simulation s;
    s.file("edges.stim", "2ms GPIO3_A5 press 100us\n3ms GPIO3_A5 press 100us\n20ms GPIO3_A5 press 100us\n");
    s.module("t", std::string(counting) + R"(
static int __init t_init(void)
{
	regs = ioremap(0xfe760000, 0x100);
	irq = gpio_to_irq(101);
	if (request_irq(irq, h, IRQF_TRIGGER_RISING, "t", &irq))
		return -EIO;
	return 0;
}
static void off(struct work_struct *w) { disable_irq(irq); SHOW(mask_off, bit(0x18)); }
static void on(struct work_struct *w)
{
	SHOW(disabled, count);
	SHOW(mask_after_edge, bit(0x18));
	SHOW(raw, bit(0x58));
	enable_irq(irq);
	udelay(50);
	SHOW(enabled, count);
	SHOW(mask_on, bit(0x18));
	SHOW(raw_on, bit(0x58));
	SHOW(wake, enable_irq_wake(irq));
	SHOW(no_wake, disable_irq_wake(irq));
}
static DECLARE_DELAYED_WORK(off_work, off);
static DECLARE_DELAYED_WORK(on_work, on);
static int __init both(void)
{
	int ret = t_init();

	schedule_delayed_work(&off_work, 0);
	schedule_delayed_work(&on_work, msecs_to_jiffies(5));
	return ret;
}
static void __exit t_exit(void)
{
	cancel_delayed_work_sync(&off_work);
	cancel_delayed_work_sync(&on_work);
	SHOW(count, count);
	free_irq(irq, &irq);
	iounmap(regs);
}
module_init(both);
module_exit(t_exit);
)");
    for (const char *which : {"systemc", "rtl", "lockstep"}) {
        const outcome r = s.run({"--gpio", which, "--for", "30ms"});
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.number("mask_off") == 1); // the chip has irq_disable, so disable_irq() is not lazy
        BOOST_TEST(r.number("disabled") == 0);
        BOOST_TEST(r.number("mask_after_edge") == 1);
        BOOST_TEST(r.number("raw") == 1); // the first edge waits in the bank, behind the mask
        BOOST_TEST(r.number("mask_on") == 0);
        BOOST_TEST(r.number("raw_on") == 0);  // acknowledged
        BOOST_TEST(r.number("enabled") == 1); // and the second was merged with it
        BOOST_TEST(r.number("count") == 2);
        BOOST_TEST(r.number("wake") == 0);
        BOOST_TEST(r.number("no_wake") == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_line_that_interrupts_cannot_become_an_output_nor_an_output_interrupt) {
    simulation s;
    s.module("t", std::string(counting) + R"(
static int __init t_init(void)
{
	irq = gpio_to_irq(101);
	gpio_request(101, "t");
	SHOW(request, request_irq(irq, h, IRQF_TRIGGER_RISING, "t", &irq));
	SHOW(output, gpiod_direction_output(gpio_to_desc(101), 1));
	free_irq(irq, &irq);
	SHOW(freed, gpiod_direction_output(gpio_to_desc(101), 1));
	SHOW(of_output, request_irq(irq, h, IRQF_TRIGGER_RISING, "t", &irq));
	gpio_direction_input(101);
	gpio_free(101);
	return 0;
}
static void __exit t_exit(void) { }
module_init(t_init);
module_exit(t_exit);
)");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.number("request") == 0);
    BOOST_TEST(r.number("output") == -5);
    BOOST_TEST(r.said("gpio-101 (t): gpiod_direction_output: tried to set a GPIO tied to an IRQ as output") == 1u,
               r.out);
    BOOST_TEST(r.number("freed") == 0);
    BOOST_TEST(r.number("of_output") == -5);
    BOOST_TEST(r.said("tried to flag a GPIO set as output for IRQ") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(every_pin_of_every_bank_interrupts_on_the_model_and_on_the_rtl) {
    simulation s;
    std::string stim;
    constexpr unsigned pins[] = {0, 1, 15, 16, 31};
    unsigned us = 1000;
    for (unsigned bank = 0; bank < 5; ++bank)
        for (const unsigned pin : pins)
            stim += fmt::format("{}us GPIO{}_{}{} press 50us\n", us += 100, bank, static_cast<char>('A' + pin / 8),
                                pin % 8);
    s.file("all.stim", stim);
    s.module("t", R"(
#include <linux/io.h>
static const unsigned int pins[] = {0, 1, 15, 16, 31};
static const u32 bases[] = {0xfdd60000, 0xfe740000, 0xfe750000, 0xfe760000, 0xfe770000};
static int rising[25], high[25];
static irqreturn_t h(int n, void *d)
{
	int *at = d;

	++*at;
	high[at - rising] += gpio_get_value((at - rising) / 5 * 32 + pins[(at - rising) % 5]);
	return IRQ_HANDLED;
}
static int __init t_init(void)
{
	int i, ret = 0;

	for (i = 0; i < 25; i++)
		ret |= request_irq(gpio_to_irq(i / 5 * 32 + pins[i % 5]), h, IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING, "t",
				   &rising[i]);
	for (i = 0; i < 5; i++) {
		void __iomem *regs = ioremap(bases[i], 0x100);

		pr_info("bank %d version %#x\n", i, readl(regs + 0x78));
		iounmap(regs);
	}
	return ret;
}
static void __exit t_exit(void)
{
	int i, wrong = 0;

	for (i = 0; i < 25; i++) {
		free_irq(gpio_to_irq(i / 5 * 32 + pins[i % 5]), &rising[i]);
		wrong += rising[i] != 2 || high[i] != 1;
	}
	pr_info("wrong=%d\n", wrong);
}
module_init(t_init);
module_exit(t_exit);
)");
    for (const std::string which : {"systemc", "rtl"}) {
        std::vector<std::string> arguments;
        for (char bank = '0'; bank < '5'; ++bank)
            arguments.insert(arguments.end(), {"--gpio", std::string("gpio") + bank + "=" + which});
        const outcome r = s.run(arguments);
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.number("wrong") == 0);
        BOOST_TEST(r.said(" version 0x101157c") == 5u, r.out);
    }
}
