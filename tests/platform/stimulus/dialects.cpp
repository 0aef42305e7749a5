// SPDX-License-Identifier: Apache-2.0
//
// Recordings as people bring them: names as they are written, and the dialects of the tools that write them. Most files
// here are written by the tools themselves.
#include "platform/stimulus/readers.h"
#include "tests/platform/scratch_folder.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

using namespace rk3568;

namespace {

// "ps:pin=level ..." of all changes.
std::string changes(const stimulus &s) {
    std::string out;
    for (const auto &c : s.changes)
        out +=
            (out.empty() ? "" : " ") + std::to_string(c.ps) + ":" + std::to_string(c.pin) + "=" + (c.level ? "1" : "0");
    return out;
}

// The recording that all tools are given: D2 is high at first, SDA low.
const std::string two_wires = "$timescale 1 us $end\n"
                              "$scope module probe $end\n"
                              "$var wire 1 ! D2 $end\n"
                              "$var wire 1 \" SDA $end\n"
                              "$upscope $end\n"
                              "$enddefinitions $end\n"
                              "#0 1! 0\"\n"
                              "#100 0!\n"
                              "#105 1! 1\"\n"
                              "#200 0\"\n"
                              "#210 0\"\n";
const pin_mapping mapping = {{"D2", 101}, {"SDA", 104}};
const std::string two_wires_changes = "100000000:101=0 105000000:101=1 105000000:104=1 200000000:104=0";

struct tools : scratch_folder {
    void write(const std::string &name, const std::string &text) { std::ofstream(name, std::ios::binary) << text; }
    void run(const std::string &command) {
        BOOST_REQUIRE_MESSAGE(std::system(("(" + command + ") >said 2>&1").c_str()) == 0,
                              command + ": " + content("said"));
    }
    stimulus read(const std::string &name, const pin_mapping &map = mapping) { return read_stimulus({name, map}); }
    std::string refused(const std::string &name, const pin_mapping &map = mapping) {
        try {
            read(name, map);
        } catch (const stimulus_error &e) {
            return e.what();
        }
        return "accepted";
    }
    void expect_two_wires(const std::string &name) {
        const stimulus s = read(name);
        BOOST_TEST(s.initial[101]);
        BOOST_TEST(!s.initial[104]);
        BOOST_TEST(changes(s) == two_wires_changes);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(dialects)

BOOST_DATA_TEST_CASE(a_pin_is_found_however_its_name_is_written,
                     boost::unit_test::data::make({"GPIO3_B0", "gpio3_b0", "GPIO3_PB0", "GPIO3B0", "GPIO3PB0",
                                                   "gpio3-8", "GPIO3-B0", "GPIO3_RK_PB0", "GPIO3 RK_PB0", "GPIO3.B0"}),
                     name) {
    const auto pin = parse_pin_name(name);
    BOOST_REQUIRE(pin);
    BOOST_TEST(*pin == 104u);
}

BOOST_DATA_TEST_CASE(what_is_no_pin_is_refused_however_it_is_written,
                     boost::unit_test::data::make({"GPIO5_A0", "GPIO3_E0", "GPIO3_A8", "GPIO3-32", "GPIO3_", "GPIO3",
                                                   "GPIO3_PB", "GPIO3_PB00", "3_B0", "PB0", ""}),
                     name) {
    BOOST_TEST(!parse_pin_name(name));
}

BOOST_AUTO_TEST_CASE(a_number_is_a_pin_where_pins_are_asked_for) {
    BOOST_TEST(parse_pin("101").value() == 101u);
    BOOST_TEST(parse_pin("GPIO3_A5").value() == 101u);
    BOOST_TEST(!parse_pin("160"));
}

BOOST_FIXTURE_TEST_CASE(a_vcd_with_the_analysers_own_names_is_mapped, tools) {
    write("a.vcd", two_wires);
    expect_two_wires("a.vcd");
}

BOOST_FIXTURE_TEST_CASE(a_vcd_that_gzip_packed_is_read, tools) {
    write("a.vcd", two_wires);
    run("gzip -k a.vcd");
    expect_two_wires("a.vcd.gz");
}

BOOST_FIXTURE_TEST_CASE(a_packed_file_that_is_cut_off_is_refused, tools) {
    write("a.vcd", two_wires);
    run("gzip -k a.vcd && head -c 60 a.vcd.gz > b.vcd.gz");
    BOOST_TEST(refused("b.vcd.gz") == "b.vcd.gz: expected a whole gzip file, got one that is damaged or cut off");
}

// With a VCD as its input, sigrok-cli begins the file with a line of its own, `META samplerate: 1000000`.
BOOST_FIXTURE_TEST_CASE(sigrok_writes_a_vcd, tools) {
    write("a.vcd", two_wires);
    run("sigrok-cli -i a.vcd -I vcd -O vcd -o b.vcd");
    expect_two_wires("b.vcd");
}

BOOST_FIXTURE_TEST_CASE(sigrok_writes_a_session, tools) {
    write("a.vcd", two_wires);
    run("sigrok-cli -i a.vcd -I vcd -o a.sr");
    expect_two_wires("a.sr");
}

BOOST_FIXTURE_TEST_CASE(sigrok_writes_csv_with_units_as_labels, tools) {
    write("a.vcd", two_wires);
    run("sigrok-cli -i a.vcd -I vcd -O csv -o a.csv");
    expect_two_wires("a.csv");
}

BOOST_FIXTURE_TEST_CASE(sigrok_writes_csv_with_channel_names, tools) {
    write("a.vcd", two_wires);
    run("sigrok-cli -i a.vcd -I vcd -O csv:label=channel -o a.csv");
    expect_two_wires("a.csv");
}

BOOST_FIXTURE_TEST_CASE(sigrok_writes_csv_without_labels, tools) {
    write("a.vcd", two_wires);
    run("sigrok-cli -i a.vcd -I vcd -O csv:label=off -o a.csv");
    expect_two_wires("a.csv");
}

BOOST_FIXTURE_TEST_CASE(sigrok_writes_csv_with_tabs, tools) {
    write("a.vcd", two_wires);
    run("sigrok-cli -i a.vcd -I vcd -O 'csv:value=\t' -o a.csv");
    expect_two_wires("a.csv");
}

BOOST_FIXTURE_TEST_CASE(sigroks_demonstration_device_is_read_whole, tools) {
    run("sigrok-cli -d demo:logic_channels=8:analog_channels=0 -c samplerate=1m --samples 1000 -o a.sr && "
        "sigrok-cli -i a.sr -O vcd -o a.vcd");
    const pin_mapping lines = {{"D0", 0}, {"D1", 1}, {"D2", 2}, {"D7", 7}};
    const stimulus session = read("a.sr", lines), vcd = read("a.vcd", lines);
    BOOST_TEST(!session.changes.empty());
    BOOST_TEST(changes(session) == changes(vcd));
}

BOOST_FIXTURE_TEST_CASE(gtkwaves_converter_from_lxt2_writes_a_vcd, tools) {
    write("a.vcd", two_wires);
    run("vcd2lxt2 a.vcd a.lxt2 && lxt2vcd a.lxt2 > b.vcd");
    expect_two_wires("b.vcd");
}

BOOST_FIXTURE_TEST_CASE(gtkwaves_converter_from_vzt_writes_a_vcd, tools) {
    write("a.vcd", two_wires);
    run("vcd2vzt a.vcd a.vzt && vzt2vcd a.vzt > b.vcd 2> said_besides");
    expect_two_wires("b.vcd");
}

BOOST_FIXTURE_TEST_CASE(icarus_writes_wires_of_a_test_bench, tools) {
    write("a.v", "`timescale 1us/1ns\nmodule probe; reg D2 = 1, SDA = 0; initial begin\n"
                 "$dumpfile(\"a.vcd\"); $dumpvars(0, probe);\n"
                 "#100 D2 = 0; #5 D2 = 1; SDA = 1; #95 SDA = 0; #10 $finish; end endmodule\n");
    run("iverilog -o a a.v && ./a");
    // At one time, in Icarus's order.
    BOOST_TEST(changes(read("a.vcd")) == "100000000:101=0 105000000:104=1 105000000:101=1 200000000:104=0");
}

BOOST_FIXTURE_TEST_CASE(icarus_writes_a_bus_whose_bits_are_mapped, tools) {
    write("a.v", "`timescale 1us/1ns\nmodule probe; reg [7:0] data = 8'h04; initial begin\n"
                 "$dumpfile(\"a.vcd\"); $dumpvars(0, probe);\n"
                 "#100 data[2] = 0; #5 data = 8'h24; #95 data[5] = 0; #10 $finish; end endmodule\n");
    run("iverilog -o a a.v && ./a");
    const stimulus s = read("a.vcd", {{"data[2]", 101}, {"data[5]", 104}});
    BOOST_TEST(changes(s) == "100000000:101=0 105000000:101=1 105000000:104=1 200000000:104=0");
}

BOOST_FIXTURE_TEST_CASE(icarus_writes_a_bank_as_a_bus_of_32, tools) {
    write("a.v", "`timescale 1us/1ns\nmodule probe; reg [31:0] GPIO3 = 32'h20; initial begin\n"
                 "$dumpfile(\"a.vcd\"); $dumpvars(0, probe);\n"
                 "#100 GPIO3[5] = 0; #5 GPIO3 = 32'h120; #95 GPIO3[8] = 0; #10 $finish; end endmodule\n");
    run("iverilog -o a a.v && ./a");
    BOOST_TEST(changes(read("a.vcd", {})) == two_wires_changes);
}

BOOST_FIXTURE_TEST_CASE(ghdl_writes_std_logic_with_weak_levels, tools) {
    write("a.vhd", "library ieee; use ieee.std_logic_1164.all;\nentity probe is end;\narchitecture a of probe is\n"
                   "signal D2 : std_logic := 'H'; signal SDA : std_logic := '0';\nbegin\nprocess begin\n"
                   "wait for 100 us; D2 <= 'L'; wait for 5 us; D2 <= '1'; SDA <= '1'; wait for 95 us; SDA <= '0';\n"
                   "wait for 10 us; wait; end process;\nend;\n");
    run("ghdl -a a.vhd && ghdl -e probe && ghdl -r probe --vcd=a.vcd");
    const stimulus s = read("a.vcd", {{"d2", 101}, {"sda", 104}});
    BOOST_TEST(changes(s) == two_wires_changes);
}

BOOST_FIXTURE_TEST_CASE(verilator_writes_a_trace, tools) {
    write("probe.v",
          "module probe(input clk, output reg D2, output reg SDA); reg [7:0] n = 0;\n"
          "always @(posedge clk) begin n <= n + 1; D2 <= n != 10; SDA <= n >= 10 && n < 20; end endmodule\n");
    write("main.cpp",
          "#include \"Vprobe.h\"\n#include <verilated_vcd_c.h>\nint main() { Verilated::traceEverOn(true);\n"
          "VerilatedVcdC w; Vprobe p; p.D2 = 1; p.trace(&w, 9); w.set_time_unit(\"us\");\n"
          "w.set_time_resolution(\"us\"); w.open(\"a.vcd\");\n"
          "for (int t = 0; t < 60; ++t) { p.clk = t & 1; p.eval(); w.dump(t); } w.close(); }\n");
    run("verilator --trace --exe --cc probe.v main.cpp --Mdir obj -CFLAGS -O0 && make -C obj -f Vprobe.mk Vprobe && "
        "obj/Vprobe");
    const stimulus s = read("a.vcd");
    BOOST_TEST(changes(s) == "21000000:101=0 21000000:104=1 23000000:101=1 41000000:104=0");
}

BOOST_FIXTURE_TEST_CASE(saleae_logic_2_writes_seconds_and_changes, tools) {
    write("digital.csv", "Time [s],Channel 0,Channel 1\n0.000000000,1,0\n0.000100000,0,0\n0.000105000,1,1\n"
                         "0.000200000,1,0\n");
    BOOST_TEST(changes(read("digital.csv", {{"Channel 0", 101}, {"Channel 1", 104}})) == two_wires_changes);
}

BOOST_FIXTURE_TEST_CASE(times_before_a_trigger_count_from_the_first_row, tools) {
    write("digital.csv", "Time[s], D2, SDA\r\n-0.0001, 1, 0\r\n0, 0, 0\r\n5e-6, 1, 1\r\n0.0001, 1, 0\r\n");
    const stimulus s = read("digital.csv");
    BOOST_TEST(changes(s) == two_wires_changes);
    BOOST_REQUIRE(s.notes.size() == 1u);
    BOOST_TEST(s.notes[0] == "times count from the first row, which is at -0.0001 s");
}

BOOST_FIXTURE_TEST_CASE(an_extended_vcd_has_strengths, tools) {
    write("a.evcd", "$timescale 1ns $end\n$scope module tb $end\n$var port 1 <0 GPIO3_B0 $end\n$upscope $end\n"
                    "$enddefinitions $end\n#0\n$dumpports\npD 6 0 <0\n$end\n#1000000\npU 0 6 <0\n#2000000\npD 6 0 <0\n"
                    "$vcdclose #3000000 $end\n");
    BOOST_TEST(changes(read("a.evcd", {})) == "1000000000:104=1 2000000000:104=0");
}

BOOST_FIXTURE_TEST_CASE(without_a_timescale_a_tick_is_a_nanosecond, tools) {
    write("a.vcd", "$var wire 1 ! GPIO3_A5 $end\n$enddefinitions $end\n#0 0!\n#100 1!\n");
    const stimulus s = read("a.vcd", {});
    BOOST_TEST(changes(s) == "100000:101=1");
    BOOST_TEST(s.notes.at(0) == "no $timescale: a tick is taken for 1 ns");
}

BOOST_FIXTURE_TEST_CASE(odd_timescales_and_blanks_are_taken_as_viewers_take_them, tools) {
    write("a.vcd", "$timescale 25ns $end\n$var wire 1 ! GPIO3_A5 $end\n$enddefinitions $end\n# 0\n0 !\n# 4\n1 !\n");
    BOOST_TEST(changes(read("a.vcd", {})) == "100000:101=1");
}

BOOST_FIXTURE_TEST_CASE(a_time_that_is_rounded_is_said, tools) {
    write("a.vcd", "$timescale 100fs $end\n$var wire 1 ! GPIO3_A5 $end\n$enddefinitions $end\n#0 0!\n#10 1!\n#26 0!\n");
    const stimulus s = read("a.vcd", {});
    BOOST_TEST(changes(s) == "1:101=1 3:101=0");
    BOOST_TEST(s.notes.at(0) == "times that are no whole number of picoseconds were rounded to the nearest one");
}

BOOST_FIXTURE_TEST_CASE(several_recordings_are_played_on_one_axis, tools) {
    write("a.vcd", "$timescale 1us $end\n$var wire 1 ! GPIO3_A5 $end\n$enddefinitions $end\n#0 1!\n#2 0!\n");
    write("b.stim", "1us GPIO3_B0 1\n3us GPIO3_B0 0\n");
    const stimulus s = read_stimuli({{"a.vcd", {}}, {"b.stim", {}}});
    BOOST_TEST(s.initial[101]);
    BOOST_TEST(changes(s) == "1000000:104=1 2000000:101=0 3000000:104=0");
    BOOST_CHECK_THROW(read_stimuli({{"a.vcd", {}}, {"a.vcd", {}}}), stimulus_error);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_read_is_refused_in_one_line, tools) {
    write("a.vcd", two_wires);
    BOOST_TEST(refused("a.vcd", {}) ==
               "a.vcd: expected wires named GPIO0_A0 to GPIO4_D7, buses named GPIO0 to GPIO4, or names of wires behind "
               "the file's (--stimulus FILE:WIRE=GPIO3_A5,...), found D2, SDA");
    BOOST_TEST(refused("a.vcd", {{"D3", 101}}) == "a.vcd: expected a wire named 'D3' for GPIO3_A5, found D2, SDA");
    write("a.csv", "Time [s],D2\n0,1\n0.1,2.5\n");
    BOOST_TEST(refused("a.csv", {{"D2", 101}}) == "a.csv:3: expected 0 or 1, got '2.5'");
    write("b.csv", "D2,SDA\n0,1\n");
    BOOST_TEST(refused("b.csv") == "b.csv: expected a first column named Time, or a comment with sigrok's Samplerate, "
                                   "found neither");
    write("c.csv", "Time [s],D2,SDA\n0,1,0\n2,1,1\n1,1,0\n");
    BOOST_TEST(refused("c.csv") == "c.csv:4: expected a time that is not before the row above, got '1'");
    write("a.sr", "no archive");
    BOOST_TEST(refused("a.sr").find("a.sr: expected a session of sigrok, which is a zip archive: ") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
