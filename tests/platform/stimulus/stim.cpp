// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/stimulus.h"

#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;

namespace {
std::string error(const std::string &text) {
    try {
        read_stim(text, "a.stim");
    } catch (const stimulus_error &e) {
        return e.what();
    }
    return "accepted";
}
} // namespace

BOOST_AUTO_TEST_SUITE(stim_text)

BOOST_AUTO_TEST_CASE(lines_become_changes_in_order_of_time) {
    const stimulus s = read_stim("# a press\n"
                                 "0 GPIO3_A5 1\r\n"
                                 "\n"
                                 "  20ms\tGPIO3_A5   1   # released\n"
                                 "10ms 101 0\n"
                                 "10ms GPIO1_B2 1\n"
                                 "1.5ms GPIO1_B2 0", // no change: it is low already
                                 "a.stim");
    BOOST_TEST(s.used.count() == 2u);
    BOOST_TEST(s.initial[101]);
    BOOST_TEST(!s.initial[42]);
    BOOST_REQUIRE(s.changes.size() == 3u);
    BOOST_TEST(s.changes[0].ps == 10'000'000'000u);
    BOOST_TEST(s.changes[0].pin == 101);
    BOOST_TEST(!s.changes[0].level);
    BOOST_TEST(s.changes[1].pin == 42);
    BOOST_TEST(s.changes[1].level);
    BOOST_TEST(s.changes[2].ps == 20'000'000'000u);
    BOOST_TEST(s.changes[2].level);
    BOOST_TEST(s.last_ps() == 20'000'000'000u);
}

BOOST_AUTO_TEST_CASE(changes_at_one_time_keep_the_order_of_the_file) {
    const stimulus s = read_stim("5ns GPIO0_A0 1\n5ns GPIO0_A0 0\n5ns GPIO0_A1 1\n", "a.stim");
    BOOST_REQUIRE(s.changes.size() == 3u);
    BOOST_TEST(s.changes[0].level);
    BOOST_TEST(!s.changes[1].level);
    BOOST_TEST(s.changes[2].pin == 1);
}

BOOST_AUTO_TEST_CASE(errors_name_file_and_line_and_what_was_expected) {
    BOOST_TEST(error("0 GPIO3_A5 0\n# x\nsoon GPIO3_A5 1\n") ==
               "a.stim:3: expected a time such as 500ms or 2s, got 'soon'");
    BOOST_TEST(error("1ms GPIO3_A9 1\n") ==
               "a.stim:1: expected a pin (GPIO0_A0 to GPIO4_D7, or 0 to 159), got 'GPIO3_A9'");
    BOOST_TEST(error("1ms 160 1\n") == "a.stim:1: expected a pin (GPIO0_A0 to GPIO4_D7, or 0 to 159), got '160'");
    BOOST_TEST(error("1ms 101 2") == "a.stim:1: expected a level, 0 or 1, got '2'");
    BOOST_TEST(error("1ms 101") == "a.stim:1: expected a level, 0 or 1, got ''");
    BOOST_TEST(error("1ms 101 1 0") == "a.stim:1: expected nothing after the level, got '0'");
    BOOST_TEST(error("# nothing\n") == "a.stim: expected lines `TIME PIN 0|1`, found none");
}

BOOST_FIXTURE_TEST_CASE(a_file_is_read_by_the_end_of_its_name, scratch_folder) {
    std::ofstream("read_by_name.stim") << "1ms 7 1\n";
    BOOST_TEST(read_stimulus("read_by_name.stim").changes.size() == 1u);
    BOOST_CHECK_EXCEPTION(read_stimulus("a.txt"), stimulus_error, [](const auto &e) {
        return std::string(e.what()) == "a.txt: expected a file whose name ends in .vcd or .stim";
    });
    BOOST_CHECK_EXCEPTION(read_stimulus("missing.vcd"), stimulus_error, [](const auto &e) {
        return std::string(e.what()) == "missing.vcd: cannot be read: No such file or directory";
    });
    BOOST_CHECK_THROW(read_stimulus("/.vcd"), stimulus_error);
}

BOOST_AUTO_TEST_SUITE_END()
