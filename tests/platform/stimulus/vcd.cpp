// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/readers.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;

namespace {

const std::string header = "$timescale 1 ns $end\n"
                           "$var wire 1 ! GPIO3_A5 $end\n"
                           "$enddefinitions $end\n";

stimulus read(const std::string &text) {
    return read_vcd(text, "a.vcd");
}

std::string error(const std::string &text) {
    try {
        read(text);
    } catch (const stimulus_error &e) {
        return e.what();
    }
    return "accepted";
}

// "ps:pin=level ..." of all changes.
std::string changes(const stimulus &s) {
    std::string out;
    for (const auto &c : s.changes)
        out +=
            (out.empty() ? "" : " ") + std::to_string(c.ps) + ":" + std::to_string(c.pin) + "=" + (c.level ? "1" : "0");
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(vcd_text)

BOOST_AUTO_TEST_CASE(a_sigrok_export_gives_levels_and_edges) {
    const stimulus s = read("$date Mon Jan 5 10:00:00 2026 $end\n"
                            "$version libsigrok 0.5.2 $end\n"
                            "$comment\n  Acquisition with 2/2 channels at 1 MHz\n$end\n"
                            "$timescale 1 us $end\n"
                            "$scope module libsigrok $end\n"
                            "$var wire 1 ! GPIO3_A5 $end\n"
                            "$var wire 1 \" D1 $end\n"
                            "$upscope $end\n"
                            "$enddefinitions $end\n"
                            "#0 1! 0\"\n"
                            "#100 0!\n"
                            "#105 1! 1\"\n"
                            "#200\n");
    BOOST_TEST(s.used.count() == 1u);
    BOOST_TEST(s.initial[101]);
    BOOST_TEST(changes(s) == "100000000:101=0 105000000:101=1");
    BOOST_REQUIRE(s.notes.size() == 1u);
    BOOST_TEST(s.notes[0] == "no pin by that name, left out: D1");
}

BOOST_AUTO_TEST_CASE(dumpvars_are_levels_and_not_edges) {
    const stimulus s = read(header + "#0\n$dumpvars\n1!\n$end\n#5\n1!\n#6\n0!\n");
    BOOST_TEST(s.initial[101]);
    BOOST_TEST(changes(s) == "6000:101=0");
}

BOOST_AUTO_TEST_CASE(the_first_value_is_a_level_whenever_it_comes) {
    const stimulus s = read(header + "#100 1!\n#200 0!\n");
    BOOST_TEST(s.initial[101]);
    BOOST_TEST(changes(s) == "200000:101=0");
    // What a simulator writes: x in $dumpvars, the real level at the same time.
    const stimulus t = read(header + "$dumpvars x! $end\n#0 1!\n#200 0!\n");
    BOOST_TEST(t.initial[101]);
    BOOST_TEST(changes(t) == "200000:101=0");
}

BOOST_AUTO_TEST_CASE(x_and_z_keep_the_level) {
    const stimulus s = read(header + "#0 x!\n#10 1!\n#20 z!\n#30 1!\n#40 X!\n#50 0!\n#60 Z!\n#70 0!\n");
    BOOST_TEST(!s.initial[101]);
    BOOST_TEST(changes(s) == "10000:101=1 50000:101=0");
}

BOOST_AUTO_TEST_CASE(a_recording_is_the_same_on_one_line_and_on_many) {
    // Lines of one change are read on a way of their own.
    const std::string body = "#0\n0!\n0\"\n#5\n1!\n#7\nx!\n#9\n1!\n#11\n0!\n1\"\n#20\nb1 !\n0#\nz\"\n#33\n0!\n1$\n"
                             "#40\n0\"\n1\"\n#41\n0!\n1!\n#60\n";
    const std::string declared = "$timescale 10 ns $end\n"
                                 "$var wire 1 ! GPIO3_A5 $end\n"
                                 "$var wire 1 \" GPIO0_B1 $end\n"
                                 "$var wire 1 # D3 $end\n"
                                 "$var wire 2 $ GPIO1 $end\n"
                                 "$enddefinitions $end\n";
    std::string one_line = body;
    std::replace(one_line.begin(), one_line.end(), '\n', ' ');
    const stimulus many = read(declared + body + std::string(40, '\n'));
    const stimulus one = read(declared + one_line);
    BOOST_TEST(many.changes.size() == 8u);
    BOOST_TEST(changes(many) == changes(one));
    BOOST_TEST((many.initial == one.initial));
    const std::string back = "#0\n0!\n#5\n1!\n#4\n0!\n" + std::string(40, '\n');
    BOOST_TEST(error(declared + back) == "a.vcd:11: expected a time not before #5, got '#4'");
}

BOOST_AUTO_TEST_CASE(a_bus_of_32_is_a_bank) {
    const stimulus s = read("$timescale 1ps $end $scope module top $end $var reg 32 # GPIO3 [31:0] $end\n"
                            "$enddefinitions $end #0 b0 # #7 b10000000000000000000000000100001 # #9 b1 #\n"
                            "#11 bx #\n#12 bz1 #\n#13 b0 #");
    BOOST_TEST(s.used.count() == 32u);
    BOOST_TEST(s.used[96]);
    BOOST_TEST(s.used[127]);
    BOOST_TEST(changes(s) == "7:96=1 7:101=1 7:127=1 9:101=0 9:127=0 13:96=0");
}

BOOST_AUTO_TEST_CASE(parts_of_a_bus_and_single_bits_find_their_pins) {
    const stimulus s = read("$timescale 100 fs $end\n"
                            "$var wire 8 a GPIO1[15:8] $end\n"
                            "$var wire 4 b GPIO1 [0:3] $end\n"
                            "$var wire 1 c GPIO1 [31] $end\n"
                            "$var wire 1 d GPIO2_D7[0] $end\n"
                            "$var wire 1 e top.sub.gpio0_a0 $end\n"
                            "$enddefinitions $end\n"
                            "#0 b0 a b0 b 0c 0d 0e\n"
                            "#10 b100 a\n#20 b1000 b\n#30 1c\n#40 1d\n#50 b1 e\n");
    BOOST_TEST(changes(s) == "1:42=1 2:32=1 3:63=1 4:95=1 5:0=1");
}

BOOST_AUTO_TEST_CASE(every_time_unit_is_exact) {
    const std::pair<const char *, uint64_t> scales[] = {{"1 s", 1'000'000'000'000}, {"100ms", 100'000'000'000},
                                                        {"10 ms", 10'000'000'000},  {"1us", 1'000'000},
                                                        {"10ns", 10'000},           {"1 ps", 1}};
    for (const auto &[scale, ps] : scales) {
        const stimulus s = read("$timescale " + std::string(scale) +
                                " $end $var wire 1 ! GPIO0_A0 $end "
                                "$enddefinitions $end #0 0! #3 1!");
        BOOST_REQUIRE(s.changes.size() == 1u);
        BOOST_TEST(s.changes[0].ps == 3 * ps, scale);
    }
}

BOOST_AUTO_TEST_CASE(identifier_codes_may_be_any_printable_text) {
    const stimulus s = read("$timescale 1ps $end $var wire 1 $ GPIO0_A0 $end $var wire 1 #0 GPIO0_A1 $end "
                            "$var wire 1 b1!~ GPIO0_A2 $end $enddefinitions $end "
                            "#0 0$ 0#0 0b1!~ #1 1$ #2 1#0 #3 1b1!~");
    BOOST_TEST(changes(s) == "1:0=1 2:1=1 3:2=1");
}

BOOST_AUTO_TEST_CASE(one_net_in_two_scopes_is_one_pin) {
    const stimulus s = read("$timescale 1ps $end $scope module a $end $var wire 1 ! GPIO0_A0 $end $upscope $end "
                            "$scope module b $end $var wire 1 ! GPIO0_A0 $end $var wire 1 ! pressed $end $upscope $end "
                            "$enddefinitions $end #0 0! #1 1!");
    BOOST_TEST(changes(s) == "1:0=1");
}

BOOST_AUTO_TEST_CASE(values_that_are_no_pins_are_passed_over) {
    const stimulus s = read("$timescale 1ps $end $var real 64 r temperature $end $var string 1 s state $end "
                            "$var wire 1 ! GPIO0_A0 $end $enddefinitions $end "
                            "#0 r1.5 r sidle s 0! #1 $comment 1! $end R-2e9 r #2 1!");
    BOOST_TEST(changes(s) == "2:0=1");
}

BOOST_AUTO_TEST_CASE(malformed_text_is_an_error_with_its_line) {
    BOOST_TEST(error(header + "#5 0!\n#4 1!\n") == "a.vcd:5: expected a time not before #5, got '#4'");
    BOOST_TEST(error(header + "#5 0!\n#x 1!\n") == "a.vcd:5: expected a time such as #100, got '#x'");
    BOOST_TEST(error(header + "#5 0?\n") == "a.vcd:4: no $var has the code of '0?'");
    BOOST_TEST(error(header + "#5 2!\n") == "a.vcd:4: expected a value of 0, 1, x and z, got '2!'");
    BOOST_TEST(error(header + "#5 b11 !\n") == "a.vcd:4: expected at most 1 digits for code '!', got 2");
    BOOST_TEST(error(header + "#5 b1") ==
               "a.vcd:4: expected a value change such as 1! or b101 !, got the end of the file");
    BOOST_TEST(error("$timescale 1 ns $end\n$var wire 1 ! GPIO3_A5 $end\n") ==
               "a.vcd:3: expected $enddefinitions, got the end of the file");
    BOOST_TEST(error("$comment\n\nfor ever") == "a.vcd:1: expected $end after $comment, got the end of the file");
    BOOST_TEST(error("$timescale ns $end") ==
               "a.vcd:1: expected $timescale, a whole number and s, ms, us, ns, ps or fs, got 'ns'");
    BOOST_TEST(error("\n$var wire 1 ! GPIO3_A8 $end") ==
               "a.vcd:2: there is no pin 'GPIO3_A8'; there are GPIO0_A0 to GPIO4_D7");
    BOOST_TEST(error("$var wire 2 ! GPIO3_A5 $end") == "a.vcd:1: expected width 1 for GPIO3_A5, got 2");
    BOOST_TEST(error("$var wire 1 ! GPIO3_A5 $end\n$var wire 1 ? GPIO3_A5 $end") ==
               "a.vcd:2: GPIO3_A5 is declared twice");
    BOOST_TEST(error("$var wire 33 ! GPIO3 $end").find("a.vcd:1: expected at most 32 wires in GPIO3") == 0u);
    BOOST_TEST(error("just text") == "a.vcd:1: expected a declaration such as $var or $enddefinitions, got 'just'");
    BOOST_TEST(error("") == "a.vcd:1: expected $enddefinitions, got the end of the file");
    BOOST_TEST(error("$timescale 1s $end $var wire 1 ! GPIO0_A0 $end $enddefinitions $end #99999999999 1!") ==
               "a.vcd:1: expected a time below 213 days, got '#99999999999'");
}

BOOST_AUTO_TEST_CASE(a_file_without_any_pin_is_an_error_that_names_what_it_has) {
    BOOST_TEST(error("$timescale 1ns $end $var wire 1 ! D0 $end $var wire 1 ? D1 $end $enddefinitions $end #0 0!") ==
               "a.vcd: expected wires named GPIO0_A0 to GPIO4_D7, buses named GPIO0 to GPIO4, or names of "
               "wires behind the file's (--stimulus FILE:WIRE=GPIO3_A5,...), found D0, D1");
}

BOOST_AUTO_TEST_SUITE_END()
