// SPDX-License-Identifier: Apache-2.0
//
// The kernel with this project's drivers of the GIC and the GPIO banks, and the one with Linux's own: what a user sees
// of them is the same, and so is what they write to the hardware.
#include "tests/sim.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <regex>
#include <sstream>

using namespace rk3568::test;

namespace {

struct both {
    outcome own, from_linux;
};

both on_both(simulation &s, const std::vector<std::string> &arguments) {
    both two;
    for (auto [drivers, result] : {std::pair{"own", &two.own}, {"linux", &two.from_linux}}) {
        std::vector<std::string> words = arguments;
        words.insert(words.end(), {"--drivers", drivers});
        *result = s.run(words);
    }
    BOOST_TEST(two.own.status == two.from_linux.status, two.own.err << two.from_linux.err);
    return two;
}

std::string joined(const std::vector<std::string> &lines) {
    std::string text;
    for (const std::string &line : lines)
        text += line + "\n";
    return text;
}

// The first line that differs, with both texts; "" if none does.
std::string difference(const std::vector<std::string> &a, const std::vector<std::string> &b) {
    for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        const std::string x = i < a.size() ? a[i] : "(nothing)", y = i < b.size() ? b[i] : "(nothing)";
        if (x != y)
            return "line " + std::to_string(i + 1) + ":\nown:   " + x + "\nlinux: " + y;
    }
    return "";
}

// The log without times, without how long a function's code is, which the kernel says behind its name, and without
// lines of source.
std::vector<std::string> log_of(const outcome &r) {
    std::vector<std::string> lines = r.lines();
    for (std::string &line : lines)
        line = std::regex_replace(line, std::regex("[+]0x[0-9a-f]+/0x[0-9a-f]+| at drivers/[^ ]+:[0-9]+"), "");
    return lines;
}

void same_log(const both &two) {
    BOOST_TEST(difference(log_of(two.own), log_of(two.from_linux)) == "");
}

// What was written to the registers of the banks and of the GIC, as --log-level trace says it.
std::vector<std::string> writes(const outcome &r) {
    std::vector<std::string> list;
    std::istringstream in(r.err);
    const std::regex wanted("write [0-9a-f]+ to (gpio[0-9]|gic)[+]0x[0-9a-f]+");
    std::smatch m;
    for (std::string line; std::getline(in, line);)
        if (std::regex_search(line, m, wanted))
            list.push_back(m[0]);
    return list;
}

const std::vector<std::vector<std::string>> boots = {
    {},
    {"--cpus", "1"},
    {"--append", "threadirqs"},
    {"--append", "maxcpus=2 irqaffinity=1"},
    {"--gic", "security=ds1"},
    {"--dtb", MSI_DTB},
};

} // namespace

BOOST_AUTO_TEST_CASE(the_kernel_says_the_same_at_boot) {
    for (std::vector<std::string> arguments : boots) {
        simulation s;
        arguments.insert(arguments.end(), {"--for", "1ms"});
        BOOST_TEST_CONTEXT(joined(arguments)) {
            const both two = on_both(s, arguments);
            same_log(two);
            BOOST_TEST(two.own.said("GICv3: ") > 5u);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_run_with_linuxs_drivers_says_in_one_line_that_they_are_gpl) {
    simulation s;
    const both two = on_both(s, {"--for", "1ms"});
    const std::string note =
        "rk3568-sim: note: Linux 6.1's own drivers of the GIC and the GPIO banks are loaded (GPL-2.0)\n";
    BOOST_TEST(two.from_linux.err.find(note) != std::string::npos, two.from_linux.err);
    BOOST_TEST(two.own.err.find("GPL") == std::string::npos, two.own.err);
}

BOOST_AUTO_TEST_CASE(a_kernel_that_is_not_built_is_said_with_the_command_that_builds_it) {
    simulation s;
    const outcome r = s.run_plain({"--drivers", "linux", "--timing", "functional", "--for", "1ms"});
    if (r.status == 0) // somebody has built it
        return;
    BOOST_TEST(std::count(r.err.begin(), r.err.end(), '\n') == 1, r.err);
    BOOST_TEST(r.err.find("this builds it: platform/linux --drivers --timing functional\n") != std::string::npos,
               r.err);
}

BOOST_AUTO_TEST_CASE(a_request_with_each_trigger_makes_the_same_writes_to_the_bank_and_the_distributor) {
    simulation s;
    const both two = on_both(s, {"--insmod", TRIGGERS, "--for", "1ms", "--cpus", "1", "--log-level", "trace"});
    same_log(two);
    BOOST_TEST(two.own.said("request_irq: 0") > 15u, two.own.out);
    BOOST_TEST(writes(two.own).size() > 1000u);
    BOOST_TEST(difference(writes(two.own), writes(two.from_linux)) == "");
}

BOOST_AUTO_TEST_CASE(files_of_proc_and_sys_are_the_same) {
    simulation s;
    s.file("p.stim", presses("GPIO3_A5", 10, 1000, 500));
    std::vector<std::string> arguments = {"--insmod", std::string(RK3568_SW_MODULES) + "irq_thread.ko", "--for",
                                          "30ms"};
    for (const char *file :
         {"/proc/interrupts", "/proc/irq/default_smp_affinity", "/proc/irq/19/smp_affinity",
          "/proc/irq/19/effective_affinity", "/proc/irq/19/spurious", "/proc/irq/17/smp_affinity_list",
          "/proc/irq/17/effective_affinity_list", "/proc/irq/17/node", "/proc/irq/17/spurious",
          "/sys/bus/platform/devices/fe760000.gpio/uevent"})
        arguments.insert(arguments.end(), {"--exec", std::string("20ms cat ") + file});
    for (unsigned irq = 1; irq < 20; ++irq)
        for (const char *file : {"actions", "chip_name", "hwirq", "name", "per_cpu_count", "type", "wakeup"})
            arguments.insert(arguments.end(),
                             {"--exec", "20ms cat /sys/kernel/irq/" + std::to_string(irq) + "/" + file});
    const both two = on_both(s, arguments);
    same_log(two);
    BOOST_TEST(two.own.said("rockchip_gpio_irq") >= 2u);
}

// Each line of the latencies: which pin and mechanism, what became of its edges, and how often each stage was passed.
std::vector<std::string> latency_lines(const outcome &r) {
    std::vector<std::string> list;
    for (const auto &path : r.latency.at("paths")) {
        std::string text;
        for (const char *key : {"line", "irq", "name", "mechanism", "edges", "handled", "merged", "lost", "reasons"})
            text += std::string(key) + " " + path.at(key).dump() + " ";
        for (const auto &[name, stage] : path.at("stages").items())
            text += name + " " + stage.at("count").dump() + " ";
        list.push_back(text);
    }
    return list;
}

BOOST_AUTO_TEST_CASE(the_latencies_have_the_same_lines) {
    for (const char *module : {"irq_plain", "irq_thread", "irq_tasklet", "irq_softirq", "irq_work", "irq_multi"}) {
        simulation s;
        s.file("p.stim", presses("GPIO3_A5", 10, 5000, 2500));
        BOOST_TEST_CONTEXT(module) {
            const both two = on_both(s, {"--insmod", std::string(RK3568_SW_MODULES) + module + ".ko"});
            BOOST_TEST(latency_lines(two.own).size() > 0u);
            BOOST_TEST(difference(latency_lines(two.own), latency_lines(two.from_linux)) == "");
        }
    }
}

BOOST_AUTO_TEST_CASE(messages_through_the_its_and_the_distributor_make_the_same_writes) {
    for (const char *append : {"", "threadirqs"}) {
        simulation s;
        const both two = on_both(
            s, {"--dtb", MSI_DTB, "--insmod", MSI_MODULE, "--for", "1ms", "--log-level", "trace", "--append", append});
        same_log(two);
        BOOST_TEST(two.own.number("its_taken") == 4);
        BOOST_TEST(difference(writes(two.own), writes(two.from_linux)) == "");
    }
}

namespace {

// A driver's line meets what is rare: moves, CPUs that go and come, floods, threads.
const std::vector<std::vector<std::string>> scenarios = {
    {"--append", "threadirqs"},
    {"--append", "isolcpus=1 irqaffinity=2-3"},
    {"--gic", "security=ds1"},
    {"--workqueue", "legacy"},
    {"--exec", "2ms echo 4 > /proc/irq/17/smp_affinity", "--exec", "8ms echo 0 > /sys/devices/system/cpu/cpu2/online",
     "--exec", "20ms cat /proc/irq/17/effective_affinity", "--exec",
     "25ms echo 1 > /sys/devices/system/cpu/cpu2/online"},
    {"--exec", "5ms rmmod irq_thread"},
    {"--fault", "storm:pin=GPIO3_A5,at=5ms,count=500"},
    {"--fault", "stuck:pin=GPIO3_A5,at=5ms,level=1,for=20ms"},
    {"--fault", "spurious:pin=GPIO3_A5,at=5ms"},
    {"--fault", "glitch:pin=GPIO3_A5,at=5ms,width=50ns"},
};

} // namespace

BOOST_AUTO_TEST_CASE(storms_moves_and_cpus_that_go_are_survived_alike) {
    for (std::vector<std::string> arguments : scenarios) {
        simulation s;
        s.file("p.stim", presses("GPIO3_A5", 10, 3000, 1500));
        arguments.insert(arguments.end(), {"--insmod", std::string(RK3568_SW_MODULES) + "irq_thread.ko", "--for",
                                           "40ms", "--exec", "35ms cat /proc/irq/17/spurious"});
        BOOST_TEST_CONTEXT(joined(arguments)) {
            const both two = on_both(s, arguments);
            same_log(two);
            BOOST_TEST(difference(latency_lines(two.own), latency_lines(two.from_linux)) == "");
        }
    }
}
