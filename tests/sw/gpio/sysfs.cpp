// SPDX-License-Identifier: Apache-2.0
//
// Lines as files below /sys/class/gpio: what a script does with them, and what a driver exports.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace rk3568::test;

namespace {

using texts = std::vector<std::string>;

// What --exec printed, in order.
texts answers(const outcome &r) {
    texts found;
    std::istringstream in(r.printed());
    for (std::string line; std::getline(in, line);)
        if (!line.empty())
            found.push_back(line);
    return found;
}

outcome run(simulation &s, const texts &commands) {
    texts words{"--for", "100ms"};
    for (const std::string &command : commands)
        words.insert(words.end(), {"--exec", command});
    return s.run(words);
}

const std::string gpio = "/sys/class/gpio/";

} // namespace

BOOST_AUTO_TEST_CASE(an_exported_line_shows_its_level_and_can_be_driven) {
    simulation s;
    s.file("press.stim", "20ms GPIO3_A5 1\n");
    const outcome r =
        run(s, {"1ms echo 101 > " + gpio + "export", "2ms cat " + gpio + "gpio101/direction",
                "3ms cat " + gpio + "gpio101/value", "30ms cat " + gpio + "gpio101/value",
                "31ms echo 1 > " + gpio + "gpio101/active_low", "32ms cat " + gpio + "gpio101/value",
                "33ms echo high > " + gpio + "gpio101/direction", "34ms cat " + gpio + "gpio101/direction",
                "35ms echo 101 > " + gpio + "unexport", "36ms cat " + gpio + "gpio101/value"});
    const texts said = answers(r);
    BOOST_REQUIRE(said.size() >= 5u);
    BOOST_TEST((texts{said.begin(), said.begin() + 5}) == (texts{"in", "0", "1", "0", "out"}),
               boost::test_tools::per_element());
    BOOST_TEST((r.out + r.err).find("No such file or directory") != std::string::npos, (r.out + r.err));
}

BOOST_AUTO_TEST_CASE(chips_and_lines_that_are_not_there_answer_as_linux_does) {
    simulation s;
    const outcome r = run(s, {"1ms cat " + gpio + "gpiochip96/ngpio", "2ms cat " + gpio + "gpiochip96/base",
                              "3ms echo 9999 > " + gpio + "export", "4ms echo 5 > " + gpio + "unexport"});
    BOOST_TEST((texts{answers(r).at(0), answers(r).at(1)}) == (texts{"32", "96"}), boost::test_tools::per_element());
    BOOST_TEST(r.said("export_store: invalid GPIO 9999\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_driver_exports_a_line_and_what_it_leaves_is_a_finding) {
    for (const bool tidy : {true, false}) {
        simulation s;
        s.module("give",
                 std::string("#include <linux/gpio.h>\n"
                             "static int __init in(void) { gpio_request(101, \"b\"); gpio_direction_input(101);\n"
                             "\tpr_info(\"export %d\\n\", gpio_export(101, false));\n"
                             "\tpr_info(\"again %d\\n\", gpio_export(101, false)); return 0; }\n"
                             "static void __exit out(void) { ") +
                     (tidy ? "gpio_unexport(101); gpio_free(101);" : "") + " }\nmodule_init(in);\nmodule_exit(out);\n");
        const outcome r = run(s, {"10ms cat " + gpio + "gpio101/value"});
        BOOST_TEST(r.said("export 0\n") == 1u, r.out);
        BOOST_TEST(r.said("again -1\n") == 1u, r.out);
        BOOST_TEST(answers(r).at(0) == "0", r.out);
        BOOST_TEST((r.status == 0) == tidy, r.out + r.err);
    }
}

BOOST_AUTO_TEST_CASE(an_edge_that_a_file_waits_for_is_handled_in_the_interrupt_itself) {
    simulation s;
    s.file("press.stim", "20ms GPIO3_A5 1\n");
    const outcome r =
        run(s, {"1ms echo 101 > " + gpio + "export", "2ms echo rising > " + gpio + "gpio101/edge", "3ms ps",
                "30ms cat /proc/interrupts", "31ms echo none > " + gpio + "gpio101/edge", "32ms cat /proc/interrupts"});
    BOOST_TEST(r.said("-gpiolib]") == 0u, r.out); // no thread
    BOOST_TEST(r.said(" gpiolib\n") == 1u, r.out);
    BOOST_TEST(r.said("Edge      gpiolib\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(the_edge_that_a_file_waits_for_turns_with_active_low) {
    // Up at 20 ms, down at 40 ms; counted at 30 ms and 50 ms.
    const struct {
        const char *edge, *at_30, *at_50;
    } cases[] = {{"rising", "0", "1"}, {"falling", "1", "1"}, {"both", "1", "2"}};
    for (const auto &c : cases) {
        simulation s;
        s.file("press.stim", "20ms GPIO3_A5 1\n40ms GPIO3_A5 0\n");
        const outcome r = run(s, {"1ms echo 101 > " + gpio + "export",
                                  std::string("2ms echo ") + c.edge + " > " + gpio + "gpio101/edge",
                                  "3ms echo 1 > " + gpio + "gpio101/active_low", "4ms cat " + gpio + "gpio101/edge",
                                  "30ms cat /proc/interrupts", "50ms cat /proc/interrupts"});
        texts counts;
        for (const std::string &line : answers(r))
            if (line.find(" gpiolib") != std::string::npos)
                counts.push_back(line.substr(line.find(':') + 1, 11));
        BOOST_REQUIRE(counts.size() == 2u);
        BOOST_TEST(r.said(std::string(c.edge) + "\n") == 1u, r.out);
        BOOST_TEST(std::stoi(counts[0]) == std::stoi(c.at_30), r.out);
        BOOST_TEST(std::stoi(counts[1]) == std::stoi(c.at_50), r.out);
    }
}
