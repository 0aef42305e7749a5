// SPDX-License-Identifier: Apache-2.0
//
// GPIO lines as drivers use them: by number, by descriptor, by name; requested, freed, turned round, read back.
// Expected values: Linux's Documentation/driver-api/gpio and the RK3568's registers.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

// Runs `body` in the init function of a module that also has `before`. Values are printed with SHOW(name, value).
outcome in_a_module(const std::string &before, const std::string &body, std::vector<std::string> arguments = {}) {
    simulation s;
    s.module("t", "#include <linux/err.h>\n#include <linux/gpio/consumer.h>\n#include <linux/gpio/machine.h>\n"
                  "#include <linux/io.h>\n#include <linux/platform_device.h>\n"
                  "#define SHOW(name, value) pr_info(#name \"=%lld\\n\", (long long)(value))\n" +
                      before + "static int __init t_init(void)\n{\n" + body +
                      "\n\treturn 0;\n}\nstatic void __exit t_exit(void) { }\nmodule_init(t_init);\n"
                      "module_exit(t_exit);\n");
    arguments.insert(arguments.end(), {"--for", "1ms"});
    outcome r = s.run(arguments);
    BOOST_TEST(r.status == 0, r.out + r.err);
    return r;
}

} // namespace

BOOST_AUTO_TEST_CASE(numbers_are_bank_times_32_plus_pin_and_lines_have_no_names) {
    const outcome r = in_a_module("static struct gpiod_lookup_table by_name = {\n\t.dev_id = NULL,\n\t.table = {\n"
                                  "\t\tGPIO_LOOKUP(\"gpio0\", 0, \"first\", 0),\n"
                                  "\t\tGPIO_LOOKUP(\"gpio3\", 5, \"button\", GPIO_ACTIVE_LOW),\n"
                                  "\t\tGPIO_LOOKUP(\"gpio1\", 10, \"led\", 0),\n"
                                  "\t\tGPIO_LOOKUP(\"gpio4\", 31, \"last\", 0),\n"
                                  "\t\tGPIO_LOOKUP(\"GPIO4_D7\", U16_MAX, \"none\", 0),\n\t\t{ },\n\t},\n};\n",
                                  R"(
	static const char *const names[] = {"first", "button", "led", "last"};
	int i;

	gpiod_add_lookup_table(&by_name);
	for (i = 0; i < 4; i++) {
		struct gpio_desc *d = gpiod_get(NULL, names[i], GPIOD_ASIS);

		pr_info("%s: %d active_low=%d\n", names[i], desc_to_gpio(d), gpiod_is_active_low(d));
		gpiod_put(d);
	}
	SHOW(missing, PTR_ERR(gpiod_get(NULL, "none", GPIOD_ASIS)));
	SHOW(unknown, PTR_ERR(gpiod_get(NULL, "elsewhere", GPIOD_ASIS)));
	SHOW(optional, (long)gpiod_get_optional(NULL, "elsewhere", GPIOD_ASIS));
	gpiod_remove_lookup_table(&by_name);
	SHOW(removed, PTR_ERR(gpiod_get(NULL, "button", GPIOD_ASIS)));
	SHOW(back, desc_to_gpio(gpio_to_desc(101)));
	SHOW(none, (long)gpio_to_desc(160));
)");
    BOOST_TEST(r.said("first: 0 active_low=0") == 1u, r.out);
    BOOST_TEST(r.said("button: 101 active_low=1") == 1u, r.out);
    BOOST_TEST(r.said("led: 42 active_low=0") == 1u, r.out);
    BOOST_TEST(r.said("last: 159 active_low=0") == 1u, r.out);
    BOOST_TEST(r.number("missing") == -517); // EPROBE_DEFER: a chip with that line may come
    BOOST_TEST(r.number("unknown") == -2);
    BOOST_TEST(r.number("optional") == 0);
    BOOST_TEST(r.number("removed") == -2);
    BOOST_TEST(r.number("back") == 101);
    BOOST_TEST(r.number("none") == 0);
}

BOOST_AUTO_TEST_CASE(lines_have_the_names_that_the_device_tree_gives_them) {
    simulation files;
    const std::string overlay =
        files.file("names.dtso", "/dts-v1/;\n/plugin/;\n&gpio3 { gpio-line-names = \"\", \"\", \"push\"; };\n");
    const outcome r = in_a_module("static struct gpiod_lookup_table by_name = {\n\t.dev_id = NULL,\n\t.table = {\n"
                                  "\t\tGPIO_LOOKUP(\"push\", U16_MAX, \"button\", 0),\n\t\t{ },\n\t},\n};\n",
                                  R"(
	struct gpio_desc *d;

	gpiod_add_lookup_table(&by_name);
	d = gpiod_get(NULL, "button", GPIOD_ASIS);
	SHOW(number, IS_ERR(d) ? PTR_ERR(d) : desc_to_gpio(d));
	if (!IS_ERR(d))
		gpiod_put(d);
	gpiod_remove_lookup_table(&by_name);
)",
                                  {"--dto", overlay});
    BOOST_TEST(r.number("number") == 98);
}

BOOST_AUTO_TEST_CASE(a_line_of_the_device_tree_is_found_by_its_function) {
    simulation s;
    // The SoC's own tree, and a board's node in it.
    BOOST_REQUIRE(std::system(("sed 's|^\\tpinctrl: pinctrl {|\\tbutton: button { compatible = \"test,button\";\\n"
                               "\\t\\tpush-gpios = <\\&gpio3 5 1>; lamp-gpio = <\\&gpio1 10 0>; };\\n&|' " SOURCES
                               "/platform/rk3568.dts | dtc -q -I dts -O dtb -o " +
                               s.path("board.dtb"))
                                  .c_str()) == 0);
    s.module("board", R"(
#include <linux/gpio/consumer.h>
#include <linux/of.h>
#include <linux/of_gpio.h>
#include <linux/platform_device.h>
static int probe(struct platform_device *pdev)
{
	struct gpio_desc *push = devm_gpiod_get(&pdev->dev, "push", GPIOD_IN);
	struct gpio_desc *lamp = devm_gpiod_get(&pdev->dev, "lamp", GPIOD_OUT_HIGH);

	pr_info("push=%d\npush_low=%d\nlamp=%d\n", desc_to_gpio(push), gpiod_is_active_low(push), desc_to_gpio(lamp));
	pr_info("pressed=%d\n", gpiod_get_value(push));
	pr_info("named=%d\n", of_get_named_gpio(pdev->dev.of_node, "push-gpios", 0));
	pr_info("taken=%d\n", gpio_request(101, "again"));
	return 0;
}
static const struct of_device_id ids[] = { { .compatible = "test,button" }, { } };
static struct platform_driver drv = { .probe = probe, .driver = { .name = "button", .of_match_table = ids } };
module_platform_driver(drv);
)");
    const outcome r = s.run({"--dtb", s.path("board.dtb"), "--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.number("push") == 101);
    BOOST_TEST(r.number("push_low") == 1);
    BOOST_TEST(r.number("lamp") == 42);
    BOOST_TEST(r.number("pressed") == 1); // low, and active low
    BOOST_TEST(r.number("named") == 101);
    BOOST_TEST(r.number("taken") == -16);
}

BOOST_AUTO_TEST_CASE(the_interface_by_number_requests_turns_sets_and_frees) {
    const outcome r = in_a_module("", R"(
	SHOW(first, gpio_request(101, "mine"));
	SHOW(second, gpio_request(101, "yours"));
	SHOW(output, gpio_direction_output(101, 1));
	udelay(1);
	SHOW(high, gpio_get_value(101));
	gpio_set_value(101, 0);
	udelay(1);
	SHOW(low, gpio_get_value(101));
	SHOW(input, gpio_direction_input(101));
	SHOW(cansleep, gpio_cansleep(101));
	gpio_free(101);
	SHOW(again, gpio_request_one(101, GPIOF_OUT_INIT_HIGH, "again"));
	udelay(1);
	SHOW(init_high, gpio_get_value(101));
	gpio_free(101);
	SHOW(later, gpio_request(300, "a chip may come"));
	SHOW(valid, gpio_is_valid(101) && !gpio_is_valid(-1) && !gpio_is_valid(512));
	{
		static const struct gpio pair[] = {{102, GPIOF_IN, "a"}, {103, GPIOF_OUT_INIT_LOW, "b"}};

		SHOW(array, gpio_request_array(pair, 2));
		SHOW(pair_taken, gpio_request(103, "c"));
		gpio_free_array(pair, 2);
		SHOW(pair_free, gpio_request(103, "c"));
		SHOW(array_fails, gpio_request_array(pair, 2));
		gpio_free(103);
		SHOW(undone, gpio_request(102, "d"));
		gpio_free(102);
	}
)");
    BOOST_TEST(r.number("first") == 0);
    BOOST_TEST(r.number("second") == -16);
    BOOST_TEST(r.number("output") == 0);
    BOOST_TEST(r.number("high") == 1);
    BOOST_TEST(r.number("low") == 0);
    BOOST_TEST(r.number("input") == 0);
    BOOST_TEST(r.number("cansleep") == 0);
    BOOST_TEST(r.number("again") == 0);
    BOOST_TEST(r.number("init_high") == 1);
    BOOST_TEST(r.number("later") == -517);
    BOOST_TEST(r.number("valid") == 1);
    BOOST_TEST(r.number("array") == 0);
    BOOST_TEST(r.number("pair_taken") == -16);
    BOOST_TEST(r.number("pair_free") == 0);
    BOOST_TEST(r.number("array_fails") == -16);
    BOOST_TEST(r.number("undone") == 0);
}

BOOST_AUTO_TEST_CASE(descriptors_have_logical_values_and_raw_ones) {
    const outcome r = in_a_module("static struct gpiod_lookup_table lines = {\n\t.table = {\n"
                                  "\t\tGPIO_LOOKUP(\"gpio3\", 5, \"led\", GPIO_ACTIVE_LOW),\n"
                                  "\t\tGPIO_LOOKUP_IDX(\"gpio3\", 6, \"bus\", 0, GPIO_ACTIVE_HIGH),\n"
                                  "\t\tGPIO_LOOKUP_IDX(\"gpio3\", 31, \"bus\", 1, GPIO_ACTIVE_HIGH),\n"
                                  "\t\tGPIO_LOOKUP(\"gpio3\", 7, \"drain\", GPIO_OPEN_DRAIN),\n\t\t{ },\n\t},\n};\n",
                                  R"(
	void __iomem *regs = ioremap(0xfe760000, 0x100);
	unsigned long bits = 2;
	struct gpio_desc *led, *drain;
	struct gpio_descs *bus;

	gpiod_add_lookup_table(&lines);
	led = gpiod_get(NULL, "led", GPIOD_OUT_HIGH);
	SHOW(dr, readl(regs + 0x00));
	SHOW(ddr, readl(regs + 0x08));
	udelay(1);
	SHOW(on, gpiod_get_value(led));
	SHOW(raw_on, gpiod_get_raw_value(led));
	SHOW(direction, gpiod_get_direction(led));
	gpiod_set_value(led, 0);
	udelay(1);
	SHOW(raw_off, gpiod_get_raw_value(led));
	gpiod_set_raw_value(led, 0);
	udelay(1);
	SHOW(raw_is_active, gpiod_get_value(led));
	gpiod_toggle_active_low(led);
	SHOW(toggled, gpiod_get_value(led));
	SHOW(as_input, gpiod_direction_input(led));
	SHOW(direction_in, gpiod_get_direction(led));
	gpiod_put(led);

	SHOW(lines, gpiod_count(NULL, "bus"));
	bus = gpiod_get_array(NULL, "bus", GPIOD_OUT_LOW);
	SHOW(ndescs, bus->ndescs);
	SHOW(set_array, gpiod_set_array_value(bus->ndescs, bus->desc, bus->info, &bits));
	udelay(1);
	bits = 0;
	SHOW(get_array, gpiod_get_array_value(bus->ndescs, bus->desc, bus->info, &bits));
	SHOW(bits, bits);
	SHOW(ext_port, readl(regs + 0x70));
	gpiod_put_array(bus);

	drain = gpiod_get(NULL, "drain", GPIOD_OUT_HIGH);
	SHOW(released, readl(regs + 0x08) >> 7 & 1);
	gpiod_set_value(drain, 0);
	SHOW(driven, readl(regs + 0x08) >> 7 & 1);
	gpiod_put(drain);
	gpiod_remove_lookup_table(&lines);
	SHOW(no_line, gpiod_get_value(NULL));
	SHOW(bad_line, gpiod_direction_input(ERR_PTR(-ENOENT)));
	iounmap(regs);
)");
    BOOST_TEST(r.number("dr") == 0); // active low and on
    BOOST_TEST(r.number("ddr") == 0x20);
    BOOST_TEST(r.number("on") == 1);
    BOOST_TEST(r.number("raw_on") == 0);
    BOOST_TEST(r.number("direction") == 0);
    BOOST_TEST(r.number("raw_off") == 1);
    BOOST_TEST(r.number("raw_is_active") == 1);
    BOOST_TEST(r.number("toggled") == 0);
    BOOST_TEST(r.number("as_input") == 0);
    BOOST_TEST(r.number("direction_in") == 1);
    BOOST_TEST(r.number("lines") == 2);
    BOOST_TEST(r.number("ndescs") == 2);
    BOOST_TEST(r.number("set_array") == 0);
    BOOST_TEST(r.number("get_array") == 0);
    BOOST_TEST(r.number("bits") == 2);
    BOOST_TEST(r.number("ext_port") == 0x80000000LL);
    BOOST_TEST(r.number("released") == 0); // open drain, high: an input
    BOOST_TEST(r.number("driven") == 1);
    BOOST_TEST(r.number("no_line") == 0);
    BOOST_TEST(r.number("bad_line") == -2);
    BOOST_TEST(r.said("invalid GPIO (errorpointer)") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(what_a_device_manages_is_freed_when_its_driver_goes) {
    const outcome r = in_a_module(R"(
static struct gpiod_lookup_table lines = {
	.dev_id = "tester.0",
	.table = { GPIO_LOOKUP("gpio3", 5, "push", GPIO_ACTIVE_HIGH), { } },
};
static int probe(struct platform_device *pdev)
{
	struct gpio_desc *push = devm_gpiod_get(&pdev->dev, "push", GPIOD_IN);

	pr_info("push=%d\n", IS_ERR(push) ? (int)PTR_ERR(push) : desc_to_gpio(push));
	pr_info("one=%d\n", devm_gpio_request_one(&pdev->dev, 102, GPIOF_OUT_INIT_HIGH, "one"));
	pr_info("optional=%ld\n", (long)devm_gpiod_get_optional(&pdev->dev, "nothing", GPIOD_IN));
	pr_info("taken=%d %d\n", gpio_request(101, "x"), gpio_request(102, "x"));
	return 0;
}
static struct platform_driver drv = { .probe = probe, .driver = { .name = "tester" } };
)",
                                  R"(
	struct platform_device *dev;

	gpiod_add_lookup_table(&lines);
	platform_driver_register(&drv);
	dev = platform_device_register_simple("tester", 0, NULL, 0);
	SHOW(device, PTR_ERR_OR_ZERO(dev));
	platform_device_unregister(dev);
	platform_driver_unregister(&drv);
	gpiod_remove_lookup_table(&lines);
	SHOW(push_free, gpio_request(101, "x"));
	SHOW(one_free, gpio_request(102, "x"));
	gpio_free(101);
	gpio_free(102);
)");
    BOOST_TEST(r.number("push") == 101);
    BOOST_TEST(r.number("one") == 0);
    BOOST_TEST(r.number("optional") == 0);
    BOOST_TEST(r.said("taken=-16 -16\n") == 1u, r.out);
    BOOST_TEST(r.number("device") == 0);
    BOOST_TEST(r.number("push_free") == 0);
    BOOST_TEST(r.number("one_free") == 0);
}

BOOST_AUTO_TEST_CASE(an_output_reads_back_on_the_model_and_on_the_rtl) {
    for (const char *which : {"systemc", "rtl"}) {
        const outcome r = in_a_module("", R"(
	static const unsigned int pins[] = {0, 1, 15, 16, 31};
	int bank, i, wrong = 0;

	for (bank = 0; bank < 5; bank++)
		for (i = 0; i < 5; i++) {
			unsigned int gpio = bank * 32 + pins[i];
			int round;

			wrong += gpio_request_one(gpio, GPIOF_OUT_INIT_HIGH, "loop") != 0;
			for (round = 0; round < 4; round++) {
				udelay(1);
				wrong += gpio_get_value(gpio) != !(round & 1);
				gpio_set_value(gpio, round & 1);
			}
			gpio_direction_input(gpio);
			udelay(1);
			wrong += gpio_get_value(gpio) != 0;
			gpio_free(gpio);
		}
	SHOW(wrong, wrong);
)",
                                      {"--gpio", std::string("gpio0=") + which, "--gpio", std::string("gpio1=") + which,
                                       "--gpio", std::string("gpio2=") + which, "--gpio", std::string("gpio3=") + which,
                                       "--gpio", std::string("gpio4=") + which});
        BOOST_TEST(r.number("wrong") == 0);
    }
}

namespace {

// A chip of the module's own, `chip`, with four lines from 400 on; more members are the caller's.
std::string own_chip(const std::string &members) {
    return "#include <linux/gpio.h>\n#include <linux/gpio/driver.h>\n#include <linux/irq.h>\n"
           "static int dir_out = 0;\n"
           "static int ask(struct gpio_chip *c, unsigned int o) { return dir_out ? 0 : 1; }\n"
           "static int in(struct gpio_chip *c, unsigned int o) { return 0; }\n"
           "static int out(struct gpio_chip *c, unsigned int o, int v) { return 0; }\n"
           "static int one(struct gpio_chip *c, unsigned int o) { return 1; }\n"
           "static struct gpio_chip chip = {.label = \"own\", .base = 400, .ngpio = 4, .get_direction = ask,\n"
           "\t.direction_input = in, .direction_output = out, " +
           members + "};\n";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_chip_that_goes_frees_its_hogs_and_only_complains_of_lines_that_others_hold) {
    for (const bool held : {false, true}) {
        const outcome r = in_a_module(own_chip(".get = one") + R"(
static struct gpiod_hog hogs[] = {GPIO_HOG("own", 1, "fan", GPIO_ACTIVE_HIGH, GPIOD_OUT_HIGH), {}};
)",
                                      std::string(R"(
	struct gpio_desc *other;

	gpiod_add_hogs(hogs);
	SHOW(add, gpiochip_add_data(&chip, NULL));
	SHOW(hogged, gpio_request(401, "me"));
	other = gpiochip_request_own_desc(&chip, 2, "other", GPIO_ACTIVE_HIGH, GPIOD_ASIS);
	SHOW(other, PTR_ERR_OR_ZERO(other));
)") + (held ? "" : "\tgpiochip_free_own_desc(other);\n") +
                                          R"(
	gpiochip_remove(&chip);
	gpiod_remove_hogs(hogs);
)");
        BOOST_TEST(r.said("add=0\n") == 1u, r.out);
        BOOST_TEST(r.said("hogged=-16\n") == 1u, r.out);
        BOOST_TEST(r.said("other=0\n") == 1u, r.out);
        BOOST_TEST(r.said("REMOVING GPIOCHIP WITH GPIOS STILL REQUESTED") == (held ? 1u : 0u), r.out);
    }
}

BOOST_AUTO_TEST_CASE(debugfs_asks_the_chip_for_the_direction_and_shows_what_it_does_not_know) {
    for (const bool can_read : {true, false}) {
        simulation s;
        s.module("own", "#include <linux/gpio/consumer.h>\n" + own_chip(can_read ? ".get = one" : "") + R"(
static int __init own_init(void)
{
	int error = gpiochip_add_data(&chip, NULL) ?: gpio_request(400, "turned") ?: gpio_request(401, "unnamed");

	gpiod_set_consumer_name(gpio_to_desc(401), NULL);
	dir_out = 1;
	return error;
}
static void __exit own_exit(void)
{
	gpio_free(400);
	gpio_free(401);
	gpiochip_remove(&chip);
}
module_init(own_init);
module_exit(own_exit);
)");
        const outcome r = s.run({"--for", "20ms", "--exec", "10ms cat /sys/kernel/debug/gpio"});
        const std::string level = can_read ? "out hi \n" : "out ?   \n";
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.said(" gpio-400 (                    |turned              ) " + level) == 1u, r.out);
        BOOST_TEST(r.said(" gpio-401 (                    |(null)              ) " + level) == 1u, r.out);
    }
}

BOOST_AUTO_TEST_CASE(a_chip_whose_interrupts_cannot_be_set_up_leaves_nothing_behind) {
    // Its registers refuse; its domain has no translation to the parent's, when the hooks are in place already.
    const char *const reasons[] = {".irq.init_hw = refuse", ".irq.parent_domain = (void *)&chip"};
    for (const char *reason : reasons) {
        const outcome r =
            in_a_module("#include <linux/irq.h>\n#include <linux/gpio/driver.h>\n"
                        "static void mask(struct irq_data *d) { }\n"
                        "static struct irq_chip ic = {.name = \"own\", .irq_mask = mask, .irq_unmask = mask};\n"
                        "static int refuse(struct gpio_chip *c) { return -EIO; }\n"
                        "static struct gpio_chip chip;\n" +
                            own_chip(std::string(".get = one, .irq.chip = &ic, ") + reason),
                        R"(
	SHOW(add, gpiochip_add_data(&chip, NULL));
	SHOW(restored, ic.irq_mask == mask && ic.irq_unmask == mask && !ic.irq_request_resources);
	SHOW(absent, gpio_request(400, "me"));
	chip.irq.chip = NULL;
	chip.irq.init_hw = NULL;
	SHOW(again, gpiochip_add_data(&chip, NULL));
	gpiochip_remove(&chip);
)");
        const bool hardware = reason == reasons[0];
        BOOST_TEST(r.said(hardware ? "add=-5\n" : "add=-22\n") == 1u, r.out);
        BOOST_TEST(r.said("restored=1\n") == 1u, r.out);
        BOOST_TEST(r.said("absent=-517\n") == 1u, r.out);
        BOOST_TEST(r.said("again=0\n") == 1u, r.out);
    }
}
