// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/readers.h"

#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

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
    BOOST_TEST(error("1ms 101 2") == "a.stim:1: expected 0, 1, press or release, got '2'");
    BOOST_TEST(error("1ms 101") == "a.stim:1: expected 0, 1, press or release, got ''");
    BOOST_TEST(error("1ms 101 1 0") == "a.stim:1: expected bounce DURATION or nothing, got '0'");
    BOOST_TEST(error("# nothing\n") == "a.stim: expected lines such as `TIME PIN 0|1`, found none");
    BOOST_TEST(error("1ms 101 press 0ms\n") ==
               "a.stim:1: expected how long the press lasts, such as 80ms, or bounce, got '0ms'");
    BOOST_TEST(error("1ms 101 press soon\n") ==
               "a.stim:1: expected how long the press lasts, such as 80ms, or bounce, got 'soon'");
    BOOST_TEST(error("1ms 101 press 80ms bounce") == "a.stim:1: expected a bounce from 10us to 100ms, got ''");
    BOOST_TEST(error("1ms 101 press 80ms bounce 5us") == "a.stim:1: expected a bounce from 10us to 100ms, got '5us'");
    BOOST_TEST(error("1ms 101 1 bounce 101ms") == "a.stim:1: expected a bounce from 10us to 100ms, got '101ms'");
    BOOST_TEST(error("1ms 101 press 4ms bounce 5ms") ==
               "a.stim:1: expected a bounce that is not longer than the press, got '5ms'");
    BOOST_TEST(error("1ms 101 press 9ms bounce 5ms now") == "a.stim:1: expected nothing more, got 'now'");
    BOOST_TEST(error("1ms 101 release 9ms") == "a.stim:1: expected bounce DURATION or nothing, got '9ms'");
    BOOST_TEST(error("0 101 press 9ms") ==
               "a.stim:1: expected a level at time 0, which is what the pin has before anything happens, got 'press'");
    BOOST_TEST(error("0 101 1 bounce 1ms") ==
               "a.stim:1: expected a level at time 0, which is what the pin has before anything happens, got '1'");
    BOOST_TEST(error("1s 101 press 18446744s") ==
               "a.stim:1: expected a press that ends before 213 days, got '18446744s'");
}

BOOST_AUTO_TEST_CASE(a_press_leaves_the_initial_level_and_returns_to_it) {
    const stimulus s = read_stim("0 GPIO0_A1 1\n1ms GPIO0_A0 press 2ms\n1ms GPIO0_A1 press 3ms\n"
                                 "5ms GPIO0_A0 press\n7ms GPIO0_A0 release\n",
                                 "a.stim");
    const std::vector<std::tuple<uint64_t, unsigned, bool>> wanted = {{1, 0, true}, {1, 1, false}, {3, 0, false},
                                                                      {4, 1, true}, {5, 0, true},  {7, 0, false}};
    BOOST_REQUIRE(s.changes.size() == wanted.size());
    for (size_t i = 0; i < wanted.size(); ++i) {
        BOOST_TEST(s.changes[i].ps == std::get<0>(wanted[i]) * 1'000'000'000u);
        BOOST_TEST(s.changes[i].pin == std::get<1>(wanted[i]));
        BOOST_TEST(s.changes[i].level == std::get<2>(wanted[i]));
    }
}

BOOST_AUTO_TEST_CASE(a_bounce_of_5_ms_is_40_edges_more_and_settles_at_its_end) {
    constexpr uint64_t ms = 1'000'000'000;
    const stimulus s = read_stim("10ms GPIO3_A5 press 80ms bounce 5ms\n", "a.stim");
    BOOST_REQUIRE(s.changes.size() == 82u);
    for (const size_t half : {0u, 41u}) {
        const uint64_t begin = half ? 90 * ms : 10 * ms;
        BOOST_TEST(s.changes[half].ps == begin);
        BOOST_TEST(s.changes[half + 40].ps == begin + 5 * ms);
        for (size_t i = half; i <= half + 40; ++i) {
            BOOST_TEST(s.changes[i].pin == 101);
            BOOST_TEST(s.changes[i].level == ((i - half) % 2 == (half ? 1 : 0)));
            if (i > half)
                BOOST_TEST(s.changes[i].ps - s.changes[i - 1].ps >= 2'000'000u);
        }
    }
    BOOST_TEST(s.last_ps() == 95 * ms);
    BOOST_TEST(read_stim("1ms 3 1 bounce 1.6ms", "a.stim").changes.size() == 1u + 12);
    BOOST_TEST(read_stim("1ms 3 1 bounce 10us", "a.stim").changes.size() == 1u + 2);
    BOOST_TEST(read_stim("1ms 3 1 bounce 100ms", "a.stim").changes.size() == 1u + 800);
}

BOOST_AUTO_TEST_CASE(bounces_are_irregular_and_the_seed_the_pin_and_the_time_vary_them) {
    const auto gaps = [](const std::string &line, uint64_t seed) {
        const stimulus s = read_stim(line, "a.stim", seed);
        std::vector<uint64_t> list;
        for (size_t i = 1; i < s.changes.size(); ++i)
            list.push_back(s.changes[i].ps - s.changes[i - 1].ps);
        return list;
    };
    const auto first = gaps("1ms 3 1 bounce 5ms", 0);
    BOOST_TEST(std::set<uint64_t>(first.begin(), first.end()).size() == first.size());
    BOOST_TEST((*std::max_element(first.begin(), first.end()) > 4 * *std::min_element(first.begin(), first.end())));
    BOOST_TEST((first == gaps("1ms 3 1 bounce 5ms", 0)));
    BOOST_TEST((first != gaps("1ms 3 1 bounce 5ms", 1)));
    BOOST_TEST((first != gaps("1ms 4 1 bounce 5ms", 0)));
    BOOST_TEST((first != gaps("2ms 3 1 bounce 5ms", 0)));
}

BOOST_FIXTURE_TEST_CASE(a_file_is_read_by_the_end_of_its_name, scratch_folder) {
    std::ofstream("read_by_name.stim") << "1ms 7 1\n";
    BOOST_TEST(read_stimulus({"read_by_name.stim", {}}).changes.size() == 1u);
    BOOST_CHECK_EXCEPTION(read_stimulus({"a.txt", {}}), stimulus_error, [](const auto &e) {
        return std::string(e.what()) ==
               "a.txt: expected a file whose name ends in .vcd, .csv, .stim (or these with .gz) or .sr";
    });
    BOOST_CHECK_EXCEPTION(read_stimulus({"missing.vcd", {}}), stimulus_error, [](const auto &e) {
        return std::string(e.what()) == "missing.vcd: cannot be read: No such file or directory";
    });
    BOOST_CHECK_THROW(read_stimulus({"/.vcd", {}}), stimulus_error);
}

BOOST_AUTO_TEST_SUITE_END()
