// SPDX-License-Identifier: Apache-2.0
//
// What people bring is not always right: the rest works, and one line says what is not.
#include "tests/sim.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

using namespace rk3568::test;

namespace {

const std::string greets = R"(#include <linux/module.h>
static int __init greet(void) { pr_info("good morning\n"); return 0; }
module_init(greet);
static void __exit leave(void) {}
module_exit(leave);
MODULE_LICENSE("GPL");
)";

} // namespace

BOOST_AUTO_TEST_CASE(a_folder_with_one_bad_module_loads_the_others) {
    simulation s;
    std::filesystem::create_directory(s.path("folder"));
    s.file("folder/greets.c", greets);
    s.file("folder/broken.c", "int broken(\n");
    s.file("folder/Makefile", "obj-m := broken.o greets.o\n");
    const outcome o = s.run_plain({"--insmod", s.path("folder"), "--for", "1ms"});
    BOOST_TEST(o.status == 1, o.err);
    BOOST_TEST(o.said("good morning") == 1, o.out);
    BOOST_TEST(o.err.find("broken.ko") != std::string::npos, o.err);
}

BOOST_AUTO_TEST_CASE(blanks_in_paths_and_names_are_nothing_special) {
    simulation s;
    std::filesystem::create_directory(s.path("my modules"));
    const outcome o = s.run_plain({"--insmod", s.file("my modules/first try.c", greets), "--for", "1ms", "--latency",
                                   s.path("my modules/all of it.json")});
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.said("good morning") == 1, o.out);
    BOOST_TEST(s.exists("my modules/all of it.json"));
}

BOOST_AUTO_TEST_CASE(a_slip_in_a_pin_is_answered_with_the_pin) {
    simulation s;
    const outcome o = s.run_plain({"--stimulus", s.file("press.stim", "1ms GPI03_A5 1\n")});
    BOOST_TEST(o.status == 1, o.err);
    BOOST_TEST(o.err.find("did you mean GPIO3_A5?") != std::string::npos, o.err);
    const outcome far = s.run_plain({"--stimulus", s.file("press.stim", "1ms GPIO3_X5 1\n")});
    BOOST_TEST(far.err.find("did you mean") == std::string::npos, far.err);
}

BOOST_AUTO_TEST_CASE(an_output_does_not_overwrite_an_input) {
    simulation s;
    const std::string source = s.file("greets.c", greets);
    const outcome o = s.run_plain({"--insmod", source, "--dmesg", source});
    BOOST_TEST(o.status == 1, o.err);
    BOOST_TEST(o.err.find("would be overwritten") != std::string::npos, o.err);
    BOOST_TEST(s.read("greets.c") == greets);
}

BOOST_AUTO_TEST_CASE(a_terminal_gets_no_control_characters_of_a_module) {
    simulation s;
    const std::string source = s.file("colours.c", R"(#include <linux/module.h>
static int __init show(void) { pr_info("red \x1b[31m bell \x07 end\n"); return 0; }
module_init(show);
static void __exit leave(void) {}
module_exit(leave);
MODULE_LICENSE("GPL");
)");
    // script(1) has a terminal for its command.
    const std::string command = "script -qec '" RK3568_SIMULATOR " --insmod " + source + " --for 1ms' " +
                                s.path("typed") + " >" + s.path("shown") + " 2>&1 </dev/null";
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    const std::string shown = s.read("shown");
    BOOST_TEST(shown.find("red \\x1b[31m bell \\x07 end") != std::string::npos, shown);
}

BOOST_AUTO_TEST_CASE(a_long_name_does_not_break_the_table) {
    simulation s;
    s.module("long_name", R"(
static irqreturn_t handler(int irq, void *arg) { return IRQ_HANDLED; }
static char name[201];
static int __init begin(void)
{
	memset(name, 'n', 200);
	return request_irq(gpio_to_irq(101), handler, IRQF_TRIGGER_RISING, name, name);
}
module_init(begin);
static void __exit end(void) { free_irq(gpio_to_irq(101), name); }
module_exit(end);
)");
    s.file("press.stim", "1ms GPIO3_A5 1\n");
    const outcome o = s.run({"--for", "5ms"});
    BOOST_TEST(o.status == 0, o.err);
    const size_t row = o.err.find("GPIO3_A5");
    BOOST_REQUIRE(row != std::string::npos);
    BOOST_TEST(o.err.find('\n', row) - row < 160, o.err);
    BOOST_TEST(o.latency["paths"][0]["name"] == std::string(200, 'n'));
}
