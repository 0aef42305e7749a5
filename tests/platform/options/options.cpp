// SPDX-License-Identifier: Apache-2.0
#include "platform/options.h"

#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;
using sc_core::sc_time;

namespace {

std::variant<options, early_exit> parse(std::vector<const char *> arguments) {
    arguments.insert(arguments.begin(), "rk3568-sim");
    return parse_options(arguments.size(), arguments.data());
}

options good(std::vector<const char *> arguments) {
    auto result = parse(std::move(arguments));
    if (const auto *exit = std::get_if<early_exit>(&result))
        BOOST_FAIL(exit->text);
    return std::get<options>(std::move(result));
}

std::string error(std::vector<const char *> arguments) {
    const auto result = parse(std::move(arguments));
    const auto *exit = std::get_if<early_exit>(&result);
    if (!exit)
        return "accepted";
    BOOST_TEST(exit->status == 1);
    BOOST_TEST(exit->text.find('\n') == std::string::npos);
    return exit->text;
}

struct files : scratch_folder {
    files() {
        for (const char *name : {"options_m.c", "options:n.c", "options.vcd", "options.dtb"})
            std::ofstream(name) << "\n";
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(options_of_the_command_line, files)

BOOST_AUTO_TEST_CASE(without_options_the_defaults_of_the_design_hold) {
    const options o = good({});
    BOOST_TEST(o.insmod.empty());
    BOOST_TEST(!o.run_for.has_value());
    BOOST_TEST((o.gic == gic_security::ds0));
    BOOST_TEST((o.timing == timing_model::approx));
    BOOST_TEST((o.workqueue == workqueue_kind::cmwq));
    BOOST_TEST(o.seed == 0u);
    BOOST_TEST(!o.lookahead.has_value());
    BOOST_TEST(o.cpus == 4u);
    BOOST_TEST((o.log_level == spdlog::level::warn));
    for (auto model : o.gpio)
        BOOST_TEST((model == gpio_model::systemc));
}

BOOST_AUTO_TEST_CASE(every_option_reaches_its_field) {
    const options o = good({"--insmod",    "options_m.c:gpio=101,name=a b",
                            "--insmod",    "options:n.c",
                            "--stimulus",  "options.vcd",
                            "--for",       "1.5ms",
                            "--append",    "threadirqs",
                            "--append",    "preempt=full",
                            "--exec",      "20ms cat /proc/interrupts",
                            "--exec",      "10ms echo 2 > /proc/irq/50/smp_affinity",
                            "--gpio",      "rtl",
                            "--gpio",      "gpio1=lockstep",
                            "--gic",       "security=ds1",
                            "--timing",    "cached",
                            "--workqueue", "legacy",
                            "--seed",      "18446744073709551615",
                            "--lookahead", "10us",
                            "--cpus",      "2",
                            "--cpu-freq",  "1.8GHz",
                            "--dtb",       "options.dtb",
                            "--vcd",       "a.vcd",
                            "--ftrace",    "b",
                            "--latency",   "c.json",
                            "--report",    "d.html",
                            "--dmesg",     "e",
                            "--log-level", "debug"});
    BOOST_REQUIRE(o.insmod.size() == 2u);
    BOOST_TEST(o.insmod[0].path == "options_m.c");
    BOOST_REQUIRE(o.insmod[0].parameters.size() == 2u);
    BOOST_TEST(o.insmod[0].parameters[1].first == "name");
    BOOST_TEST(o.insmod[0].parameters[1].second == "a b");
    BOOST_TEST(o.insmod[1].path == "options:n.c");
    BOOST_TEST(o.insmod[1].parameters.empty());
    BOOST_REQUIRE(o.stimuli.size() == 1u);
    BOOST_TEST(o.stimuli[0].path == "options.vcd");
    BOOST_TEST(o.run_for.value() == sc_time(1500, sc_core::SC_US));
    BOOST_TEST(o.append == "threadirqs preempt=full");
    BOOST_REQUIRE(o.exec.size() == 2u);
    BOOST_TEST(o.exec[0].at == sc_time(10, sc_core::SC_MS));
    BOOST_TEST(o.exec[0].command == "echo 2 > /proc/irq/50/smp_affinity");
    BOOST_TEST(o.exec[1].command == "cat /proc/interrupts");
    BOOST_TEST((o.gpio[3] == gpio_model::rtl));
    BOOST_TEST((o.gpio[1] == gpio_model::lockstep));
    BOOST_TEST((o.gpio[0] == gpio_model::systemc));
    BOOST_TEST((o.gic == gic_security::ds1));
    BOOST_TEST((o.timing == timing_model::cached));
    BOOST_TEST((o.workqueue == workqueue_kind::legacy));
    BOOST_TEST(o.seed == ~0ull);
    BOOST_TEST(o.lookahead.value() == sc_time(10, sc_core::SC_US));
    BOOST_TEST(o.cpus == 2u);
    BOOST_TEST(o.cpu_freq_hz.value() == 1'800'000'000u);
    BOOST_TEST(o.tree.dtb.value() == "options.dtb");
    BOOST_TEST(o.vcd.value() == "a.vcd");
    BOOST_TEST(o.ftrace.value() == "b");
    BOOST_TEST(o.latency.value() == "c.json");
    BOOST_TEST(o.report.value() == "d.html");
    BOOST_TEST(o.dmesg.value() == "e");
    BOOST_TEST((o.log_level == spdlog::level::debug));
}

BOOST_AUTO_TEST_CASE(a_lookahead_of_0_needs_no_unit_and_quantum_is_its_older_name) {
    BOOST_TEST(good({"--lookahead", "0"}).lookahead.value() == sc_core::SC_ZERO_TIME);
    BOOST_TEST(good({"--quantum", "20ns"}).lookahead.value() == sc_time(20, sc_core::SC_NS));
}

BOOST_AUTO_TEST_CASE(an_array_parameter_keeps_its_commas) {
    const options o = good({"--insmod", "options_m.c:pins=1,2,3,debug=1"});
    BOOST_REQUIRE(o.insmod[0].parameters.size() == 2u);
    BOOST_TEST(o.insmod[0].parameters[0].second == "1,2,3");
    BOOST_TEST(o.insmod[0].parameters[1].first == "debug");
}

BOOST_AUTO_TEST_CASE(a_bad_value_is_one_line_with_what_was_expected_and_what_came) {
    BOOST_TEST(error({"--for", "abc"}) == "--for: expected a time such as 500ms or 2s, got 'abc'");
    BOOST_TEST(error({"--lookahead", "10"}) == "--lookahead: expected a time such as 500ms or 2s, got '10'");
    BOOST_TEST(error({"--quantum", "10"}) == "--quantum: expected a time such as 500ms or 2s, got '10'");
    BOOST_TEST(error({"--cpus", "5"}) == "--cpus: expected a number of cores from 1 to 4, got '5'");
    BOOST_TEST(error({"--cpus", "0"}) == "--cpus: expected a number of cores from 1 to 4, got '0'");
    BOOST_TEST(error({"--seed", "-1"}) == "--seed: expected a whole number from 0 to 18446744073709551615, got '-1'");
    BOOST_TEST(error({"--timing", "exact"}) == "--timing: expected functional, approx or cached, got 'exact'");
    BOOST_TEST(error({"--gic", "ds1"}) == "--gic: expected security=ds0 or security=ds1, got 'ds1'");
    BOOST_TEST(error({"--gpio", "GPIO5=rtl"}) ==
               "--gpio: expected a bank from GPIO0 to GPIO4 before '=', got 'GPIO5=rtl'");
    BOOST_TEST(error({"--gpio", "GPIO1=vhdl"}) == "--gpio: expected systemc, rtl or lockstep, got 'vhdl'");
    BOOST_TEST(error({"--log-level", "loud"}) ==
               "--log-level: expected trace, debug, info, warn, error or off, got 'loud'");
    BOOST_TEST(error({"--exec", "cat /proc/interrupts"}) ==
               "--exec: expected \"TIME COMMAND\" such as \"10ms cat /proc/interrupts\", got 'cat /proc/interrupts'");
    BOOST_TEST(error({"--exec", "10ms"}).find("--exec: expected") == 0u);
    BOOST_TEST(error({"--cpu-freq", "100"}).find("--cpu-freq: expected a frequency from 1MHz to 4GHz") == 0u);
    BOOST_TEST(error({"--vcd", "x", "--dmesg", "x"}) == "--dmesg: 'x' is already the output of --vcd");
}

BOOST_AUTO_TEST_CASE(kasan_is_for_modules) {
    BOOST_TEST(!good({}).kasan);
    BOOST_TEST(good({"--kasan"}).kasan);
    BOOST_TEST(error({"--kasan", "--bare", "/dev/null"}) ==
               "--kasan: a bare program has no kernel that knows its objects; drop --kasan or --bare");
}

BOOST_AUTO_TEST_CASE(faults_have_a_kind_and_keys_of_it) {
    const auto faults = good({"--fault", "kmalloc", "--fault", "wakeup:nth=3,times=0,percent=50,delay=2ms", "--fault",
                              "stuck:pin=GPIO3_A5,level=1,at=5ms,for=1s"})
                            .faults;
    BOOST_REQUIRE(faults.size() == 3u);
    BOOST_TEST((faults[0].what == fault::kind::kmalloc && faults[0].nth == 1 && faults[0].times == 1));
    BOOST_TEST((faults[1].nth == 3 && faults[1].times == 0 && faults[1].percent == 50));
    BOOST_TEST(faults[1].delay_ps == 2'000'000'000u);
    BOOST_TEST((faults[2].pin == 101 && faults[2].level && faults[2].at_ps == 5'000'000'000));
    BOOST_TEST(kernel_faults(faults, 7) == " fault=kmalloc,1,1,100,1000000,7 fault=wakeup,3,0,50,2000000,7");
    const std::pair<const char *, const char *> bad[] = {
        {"foo",
         "--fault: expected one of kmalloc, request_irq, alloc_workqueue, create_worker, wakeup, spurious, stuck, "
         "glitch, storm, got 'foo'"},
        {"glitch:pin=GPIO9_A5,at=1ms", "--fault: expected a pin=GPIO0_A0 to GPIO4_D7, got 'GPIO9_A5'"},
        {"glitch:pin=GPIO3_A5", "--fault: expected at= for glitch, got none"},
        {"kmalloc:nth=0", "--fault: expected nth=N with N from 1 to 1000000000, got '0'"},
        {"kmalloc:width=1us",
         "--fault: expected KEY=VALUE with a key of nth, times, percent for kmalloc, got 'width=1us'"},
        {"storm:pin=GPIO3_A5,at=1ms,period=0", "--fault: expected period=TIME above 0, got '0'"},
        {"stuck:pin=GPIO3_A5,at=x,level=1", "--fault: expected at=TIME such as 500us, got 'x'"},
    };
    for (const auto &[text, said] : bad)
        BOOST_TEST(error({"--fault", text}) == said);
    std::vector<const char *> many;
    for (int i = 0; i < 16; ++i)
        many.insert(many.end(), {"--fault", "kmalloc"});
    many.insert(many.end(), {"--fault", "spurious:pin=GPIO3_A5,at=1ms"});
    BOOST_TEST(good(many).faults.size() == 17u);
    many.insert(many.end(), {"--fault", "wakeup"});
    BOOST_TEST(error(many) == "--fault: expected at most 16 faults of calls, got 17");
}

BOOST_AUTO_TEST_CASE(faults_of_a_pin_are_worked_into_the_recording) {
    // 101 is high from 10 us to 20 us; 102 is another's.
    const auto pressed = [] {
        stimulus s;
        s.used[101] = s.used[102] = true;
        s.changes = {{5'000'000, 102, true}, {10'000'000, 101, true}, {20'000'000, 101, false}};
        return s;
    };
    const auto shown = [&](const char *text) {
        stimulus s = pressed();
        apply_faults(s, {parse_fault(text)});
        std::string out;
        for (const pin_change &c : s.changes)
            out += (out.empty() ? "" : " ") + std::to_string(c.ps / 1000) + (c.pin == 102 ? "o" : "") +
                   (c.level ? "+" : "-");
        return out;
    };
    BOOST_TEST(shown("glitch:pin=GPIO3_A5,at=1us,width=500ns") == "1000+ 1500- 5000o+ 10000+ 20000-");
    BOOST_TEST(shown("glitch:pin=GPIO3_A5,at=12us,width=1us") == "5000o+ 10000+ 12000- 13000+ 20000-");
    BOOST_TEST(shown("stuck:pin=GPIO3_A5,at=15us,level=1") == "5000o+ 10000+");
    BOOST_TEST(shown("stuck:pin=GPIO3_A5,at=5us,level=0,for=10us") == "5000o+ 15000+ 20000-");
    BOOST_TEST(shown("storm:pin=GPIO3_A5,at=30us,count=2,period=2us") ==
               "5000o+ 10000+ 20000- 30000+ 31000- 32000+ 33000-");
}

BOOST_AUTO_TEST_CASE(parts_of_the_waves) {
    const options o = good({"--vcd", "a.vcd", "--vcd-scope", "pins,cores.core0", "--vcd-scope", "irq", "--vcd-window",
                            "10ms..12ms", "--vcd-window", "findings:200us", "--stats-every", "10s"});
    BOOST_TEST(o.vcd_scopes == (std::vector<std::string>{"pins", "cores.core0", "irq"}));
    BOOST_REQUIRE(o.vcd_windows.size() == 1u);
    BOOST_TEST(o.vcd_windows[0].first == sc_time(10, sc_core::SC_MS));
    BOOST_TEST(o.vcd_windows[0].second == sc_time(12, sc_core::SC_MS));
    BOOST_TEST(*o.vcd_findings == sc_time(200, sc_core::SC_US));
    BOOST_TEST(*o.stats_every == sc_time(10, sc_core::SC_SEC));
    BOOST_TEST(*good({"--vcd", "a.vcd", "--vcd-window", "findings"}).vcd_findings == sc_time(1, sc_core::SC_MS));
    for (const char *bad : {"12ms", "12ms..10ms", "1ms..1ms", "..", "finding", "findings:x", "1ms..x"})
        BOOST_TEST(error({"--vcd", "a.vcd", "--vcd-window", bad}).find("--vcd-window: expected") == 0u, bad);
    BOOST_TEST(error({"--vcd", "a.vcd", "--vcd-scope", "a,,b"}).find("--vcd-scope: expected") == 0u);
    BOOST_TEST(error({"--vcd-scope", "pins"}) == "--vcd-scope requires --vcd");
    BOOST_TEST(error({"--vcd-window", "1ms..2ms"}) == "--vcd-window requires --vcd");
    BOOST_TEST(error({"--stats-every", "0s"}).find("--stats-every: expected") == 0u);
    BOOST_TEST(!good({"--accounts", "off"}).accounts);
    BOOST_TEST(good({"--accounts", "on", "--latency", "a.json"}).accounts);
    BOOST_TEST(error({"--accounts", "no"}) == "--accounts: expected on or off, got 'no'");
    BOOST_TEST(error({"--accounts", "off", "--latency", "a.json"}) ==
               "--accounts off: --latency shows the accounts; drop one of the two");
    BOOST_TEST(error({"--stats-every", "1s", "--accounts", "off"}).find("--accounts off: --stats-every") == 0u);
    BOOST_TEST(error({"--compare", "missing.json"}).find("missing.json") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_input_that_cannot_be_read_is_named) {
    BOOST_TEST(error({"--stimulus", "no.vcd"}) == "--stimulus: cannot read 'no.vcd': No such file or directory");
    BOOST_TEST(error({"--insmod", "no.c:a=1"}) == "--insmod: cannot read 'no.c': No such file or directory");
    BOOST_TEST(error({"--dtb", "."}) == "--dtb: expected a file, got '.'");
    BOOST_TEST(error({"--bare", "options_m.c", "--insmod", "options_m.c"}).find("--bare: a bare program") == 0u);
}

BOOST_AUTO_TEST_CASE(unknown_missing_and_repeated_options_are_one_line) {
    BOOST_TEST(error({"--vdc", "x"}) == "expected an option of --help, got '--vdc'");
    BOOST_TEST(error({"stray"}) == "expected an option of --help, got 'stray'");
    BOOST_TEST(error({"--for"}) == "--for: expected one value, once (see --help)");
    BOOST_TEST(error({"--for", "1s", "--for", "2s"}) == "--for: expected one value, once (see --help)");
    // A repeated option takes one value each time, and what follows is not its second.
    BOOST_TEST(error({"--insmod", "options_m.c", "options:n.c"}) == "expected an option of --help, got 'options:n.c'");
}

BOOST_AUTO_TEST_CASE(help_and_version_exit_0) {
    const auto help = std::get<early_exit>(parse({"--help"}));
    BOOST_TEST(help.status == 0);
    for (const char *word :
         {"--insmod", "--bare",      "--stimulus", "--for",       "--append", "--exec",      "--gpio",     "--gic",
          "--timing", "--workqueue", "--seed",     "--lookahead", "--cpus",   "--cpu-freq",  "--dtb",      "--vcd",
          "--ftrace", "--latency",   "--report",   "--accounts",  "--dmesg",  "--log-level", "Exit status"})
        BOOST_TEST(help.text.find(word) != std::string::npos, word);
    const auto version = std::get<early_exit>(parse({"--version"}));
    BOOST_TEST(version.status == 0);
    BOOST_TEST(version.text.find("rk3568-sim ") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
