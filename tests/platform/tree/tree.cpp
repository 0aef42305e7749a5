// SPDX-License-Identifier: Apache-2.0
//
// Device trees as users bring them: sources, overlays, trees without memory or with a boot loader's banks.
#include "tests/sim.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

const std::string button = "/dts-v1/;\n/plugin/;\n#include <dt-bindings/gpio/gpio.h>\n"
                           "&{/} {\n\tbutton {\n\t\tcompatible = \"acme,button\";\n"
                           "\t\tbutton-gpios = <&gpio3 5 GPIO_ACTIVE_HIGH>;\n\t};\n};\n";
const std::string button_driver = R"(
#include <linux/platform_device.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
static irqreturn_t pressed(int irq, void *dev) { pr_info("pressed\n"); return IRQ_HANDLED; }
static int probe(struct platform_device *pdev)
{
	struct gpio_desc *pin = devm_gpiod_get(&pdev->dev, "button", GPIOD_IN);
	if (IS_ERR(pin))
		return PTR_ERR(pin);
	return devm_request_irq(&pdev->dev, gpiod_to_irq(pin), pressed, IRQF_TRIGGER_RISING, "button", pin);
}
static const struct of_device_id ids[] = { { .compatible = "acme,button" }, { } };
static struct platform_driver button_driver = { .probe = probe, .driver = { .name = "button", .of_match_table = ids } };
module_platform_driver(button_driver);
)";

struct with_button : simulation {
    with_button() {
        module("button", button_driver);
        file("press.stim", "10ms GPIO3_A5 press 20ms\n");
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_overlay_source_adds_a_device_to_the_built_in_tree, with_button) {
    const outcome r = run({"--dts", file("button.dtso", button)});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("pressed") == 1u, r.out);
}

BOOST_FIXTURE_TEST_CASE(several_overlays_are_applied_in_order, with_button) {
    const std::string second = "/dts-v1/;\n/plugin/;\n&{/button} {\n\tstatus = \"disabled\";\n};\n";
    const outcome r = run({"--dto", file("a.dtso", button), "--dto", file("b.dtso", second)});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("pressed") == 0u, r.out);
}

BOOST_FIXTURE_TEST_CASE(an_overlay_whose_label_is_not_there_is_refused, with_button) {
    std::string wrong = button;
    wrong.replace(wrong.find("&gpio3"), 6, "&gpio7");
    const outcome r = run({"--dto", file("button.dtso", wrong)});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("button.dtso: cannot be applied to ") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("a label or a target path that it names is not there") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_whole_tree_is_no_overlay) {
    simulation s;
    const outcome r = s.run_plain({"--dto", s.file("a.dts", "/dts-v1/;\n/ { };\n")});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("a.dts: expected an overlay (/plugin/; in its source), got a whole tree") !=
                   std::string::npos,
               r.err);
}

BOOST_AUTO_TEST_CASE(a_source_that_does_not_compile_is_named_behind_the_compilers_words) {
    simulation s;
    const outcome r = s.run_plain({"--dts", s.file("a.dts", "/dts-v1/;\n/ { oops };\n")});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("a.dts: the device tree does not compile (dtc exited with 1)") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(dtb_and_dts_exclude_each_other) {
    simulation s;
    const std::string a = s.file("a.dts", "/dts-v1/;\n/ { };\n");
    const outcome r = s.run_plain({"--dtb", a, "--dts", a});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("--dts: --dtb gives a device tree already; drop --dts or --dtb") != std::string::npos, r.err);
}

// The banks that Rockchip's boot loader writes around its own memory.
BOOST_FIXTURE_TEST_CASE(a_boot_loaders_banks_are_replaced_with_a_note, with_button) {
    const std::string banks = "/dts-v1/;\n/plugin/;\n&{/memory@200000} {\n\treg = <0x0 0x200000 0x0 0x8200000>, "
                              "<0x0 0x9400000 0x0 0x76c00000>;\n};\n";
    const outcome r = run({"--dto", file("banks.dtso", banks), "--dto", file("button.dtso", button)});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("pressed") == 1u, r.out);
    BOOST_TEST(r.err.find("none of its 2 banks of memory has ") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(pin_muxes_in_the_grf_keep_what_is_written) {
    simulation s;
    s.module("grf", "#include <linux/io.h>\nstatic int __init grf_init(void)\n{\n"
                    "\tvoid __iomem *mux = ioremap(0xFDC2000C, 4);\n\twritel(0x70001000, mux);\n"
                    "\tpr_info(\"mux=%u\\n\", readl(mux));\n\tiounmap(mux);\n\treturn 0;\n}\nmodule_init(grf_init);\n");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.number("mux") == 0x1000);
}

BOOST_AUTO_TEST_CASE(an_access_to_a_block_without_a_model_names_it) {
    simulation s;
    s.module("i2c", "#include <linux/io.h>\nstatic int __init i2c_init(void)\n{\n"
                    "\tvoid __iomem *regs = ioremap(0xFE5A0000, 0x1000);\n\treadl(regs);\n\treturn 0;\n}\n"
                    "module_init(i2c_init);\n");
    const std::string block =
        "/dts-v1/;\n/plugin/;\n&{/} {\n\ti2c@fe5a0000 {\n\t\tcompatible = \"rockchip,rk3568-i2c\";\n"
        "\t\treg = <0x0 0xfe5a0000 0x0 0x1000>;\n\t};\n};\n";
    const outcome r = s.run({"--dto", s.file("i2c.dtso", block), "--for", "1ms"});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.err.find("note: a read at 0xfe5a0000 is answered with a bus error: /i2c@fe5a0000 is not modelled") !=
                   std::string::npos,
               r.err);
}

BOOST_AUTO_TEST_CASE(the_register_map_stays_when_cores_are_left_out) {
    simulation s;
    // GICR_TYPER of all four redistributors (Last is core 3's), and GICDA behind them.
    s.file("map.c", "#include \"port.h\"\nint main(void)\n{\n"
                    "\tfor (unsigned c = 0; c < 4; c++)\n"
                    "\t\tif (port_read32(0xfd460000 + c * 0x20000 + 8) != (0x21 | c << 8 | (c == 3 ? 0x10 : 0)))\n"
                    "\t\t\treturn 1 + c;\n"
                    "\treturn port_read32(0xfd4e0008) == 0x0201743b ? 0 : 9;\n}\n");
    for (const char *cpus : {"4", "2", "1"})
        BOOST_TEST(s.run_plain({"--bare", s.path("map.c"), "--cpus", cpus}).status == 0);
}
