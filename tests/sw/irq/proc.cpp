// SPDX-License-Identifier: Apache-2.0
//
// The files of /proc and /sys that speak of interrupts: their formats, and what may be written to them.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <regex>

using namespace rk3568::test;

namespace {

// What `commands` print, 10 ms after a driver for GPIO3_A5 has been loaded and 20 edges after that; `irq` is its line.
struct console {
    outcome r;
    std::string out;
    unsigned irq = 0;
};

console after_twenty_presses(const std::vector<std::string> &commands, std::vector<std::string> more = {},
                             const std::string &module = "irq_thread") {
    simulation s;
    s.file("p.stim", presses("GPIO3_A5", 20, 400, 200));
    std::vector<std::string> all{
        "--insmod", fmt::format("{}/sw/{}.ko", RK3568_BUILD, module), "--stimulus", s.path("p.stim"), "--for", "40ms"};
    for (const std::string &c : commands)
        all.insert(all.end(), {"--exec", "20ms " + c});
    all.insert(all.end(), more.begin(), more.end());
    console c;
    c.r = s.run_plain(all);
    c.out = c.r.printed();
    return c;
}

// The same with a driver for SPI 200, line 19, that is requested with these flags.
console with_an_spi(const std::vector<std::string> &commands, std::vector<std::string> more = {},
                    const std::string &flags = "0") {
    simulation s;
    s.module("fixed", "#define FLAGS " + flags + R"(
#include <linux/irqdomain.h>
#include <linux/of.h>
#include <linux/irq.h>
static int cookie;
static unsigned int irq;
static irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }
static int __init m_init(void)
{
	struct irq_fwspec spec = { .fwnode = of_fwnode_handle(of_find_compatible_node(NULL, NULL, "arm,gic-v3")),
				   .param_count = 3, .param = { 0, 200, 1 } };
	irq = irq_create_fwspec_mapping(&spec);
	pr_info("irq=%u\n", irq);
	return request_irq(irq, h, FLAGS, "fixed", &cookie);
}
static void __exit m_exit(void) { free_irq(irq, &cookie); irq_dispose_mapping(irq); }
module_init(m_init);
module_exit(m_exit);
)");
    std::vector<std::string> all{"--for", "5ms"};
    for (const std::string &c : commands)
        all.insert(all.end(), {"--exec", "1ms " + c});
    all.insert(all.end(), more.begin(), more.end());
    console c;
    c.r = s.run(all);
    BOOST_REQUIRE(c.r.number("irq") == 19);
    c.out = c.r.printed();
    return c;
}

// The number of the driver's line, from the table at the end.
std::string number_of_line(const console &c) {
    std::smatch m;
    BOOST_REQUIRE_MESSAGE(std::regex_search(c.r.err, m, std::regex("GPIO3_A5 +(\\d+) ")), c.r.err);
    return m[1];
}

std::string the_line() {
    static const std::string number = number_of_line(after_twenty_presses({}));
    return number;
}

bool has(const std::string &text, const std::string &pattern) {
    return std::regex_search(text, std::regex(pattern));
}

} // namespace

BOOST_AUTO_TEST_CASE(interrupts_begins_with_a_column_for_each_online_cpu) {
    // Three digits and eight blanks, then CPU and a number, filled up to eleven.
    const console c = after_twenty_presses({"cat /proc/interrupts"});
    BOOST_TEST(c.out.rfind("           CPU0       CPU1       CPU2       CPU3       \n", 0) == 0u, c.out);
}

BOOST_AUTO_TEST_CASE(interrupts_has_counts_chip_hwirq_trigger_and_names_of_each_line) {
    const console c = after_twenty_presses({"cat /proc/interrupts"});
    BOOST_TEST(has(c.out, "(^|\n) {0,2}" + the_line() +
                              ":         20          0          0          0  rockchip_gpio_irq   5 Edge      "
                              "button-thread\n"),
               c.out);
    BOOST_TEST(has(c.out, "\n +[0-9]+:( +[0-9]+){4}     GICv3  26 Level     arch_timer\n"), c.out);
}

BOOST_AUTO_TEST_CASE(interrupts_leaves_out_lines_without_a_handler_and_chained_ones) {
    const console c = after_twenty_presses({"cat /proc/interrupts"});
    // Two rows with a number: the timer's and the driver's. The GPIO banks' SPIs are chained, the IPIs are hidden.
    unsigned rows = 0;
    std::istringstream in(c.out);
    for (std::string line; std::getline(in, line);)
        rows += has(line, "^ *[0-9]+:");
    BOOST_TEST(rows == 2u, c.out);
}

BOOST_AUTO_TEST_CASE(interrupts_ends_with_the_ipis_and_the_errors) {
    const console c = after_twenty_presses({"cat /proc/interrupts"});
    const char *const names[] = {"Rescheduling interrupts",    "Function call interrupts",
                                 "CPU stop interrupts",        "CPU stop \\(for crash dump\\) interrupts",
                                 "Timer broadcast interrupts", "IRQ work interrupts",
                                 "CPU wake-up interrupts"};
    for (unsigned i = 0; i < 7; i++)
        BOOST_TEST(has(c.out, fmt::format("\nIPI{}:( {{0,9}}[0-9]+ ){{4}}      {}\n", i, names[i])), c.out);
    BOOST_TEST(has(c.out, "\nErr:          0\n"), c.out);
}

BOOST_AUTO_TEST_CASE(interrupts_has_columns_for_the_cpus_that_are_there) {
    const console c = after_twenty_presses({"cat /proc/interrupts"}, {"--append", "maxcpus=2"});
    BOOST_TEST(c.out.rfind("           CPU0       CPU1       \n", 0) == 0u, c.out);
}

BOOST_AUTO_TEST_CASE(softirqs_has_a_row_for_each_vector_and_a_column_for_each_possible_cpu) {
    const console c = after_twenty_presses({"cat /proc/softirqs"}, {}, "irq_tasklet");
    BOOST_TEST(c.out.rfind("                    CPU0       CPU1       CPU2       CPU3       \n", 0) == 0u, c.out);
    for (const char *name :
         {"HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED", "HRTIMER", "RCU"})
        BOOST_TEST(has(c.out, fmt::format("\n{:>12}:( {{1,10}}[0-9]+){{4}}\n", name)), c.out);
    BOOST_TEST(has(c.out, "     TASKLET: +[1-9][0-9]* "), c.out);
    BOOST_TEST(c.out.find("TEST:") == std::string::npos, c.out);
}

BOOST_AUTO_TEST_CASE(softirqs_and_stat_have_the_teaching_vector_only_while_it_is_open) {
    const console open = after_twenty_presses({"cat /proc/softirqs", "cat /proc/stat"}, {}, "irq_softirq");
    BOOST_TEST(has(open.out, "        TEST: +[1-9][0-9]* "), open.out);
    BOOST_TEST(has(open.out, "\nsoftirq [0-9]+( [0-9]+){11}\n"), open.out);
    const console closed = after_twenty_presses({"cat /proc/stat"});
    BOOST_TEST(has(closed.out, "\nsoftirq [0-9]+( [0-9]+){10}\n"), closed.out);
}

BOOST_AUTO_TEST_CASE(stat_sums_interrupts_and_softirqs_and_has_each_line_at_its_number) {
    const console c = after_twenty_presses({"cat /proc/stat"});
    std::smatch m;
    BOOST_REQUIRE(std::regex_search(c.out, m, std::regex("\nintr ([0-9]+)((?: [0-9]+)*)\n")));
    std::istringstream in(m[2]);
    std::vector<unsigned long> counts{std::istream_iterator<unsigned long>(in), {}};
    unsigned long sum = 0;
    for (unsigned long n : counts)
        sum += n;
    BOOST_TEST(sum == std::stoul(m[1]));
    BOOST_TEST(counts.size() == 64u); // nr_irqs
    BOOST_TEST(counts.at(std::stoul(the_line())) == 20u);
    BOOST_REQUIRE(std::regex_search(c.out, m, std::regex("\nsoftirq ([0-9]+)((?: [0-9]+)*)\n")));
    std::istringstream soft(m[2]);
    sum = 0;
    for (unsigned long n; soft >> n;)
        sum += n;
    BOOST_TEST(sum == std::stoul(m[1]));
}

BOOST_AUTO_TEST_CASE(a_line_has_a_folder_with_linuxs_files_and_one_for_its_handler) {
    const console c = after_twenty_presses({"ls -l /proc/irq/" + the_line()});
    for (const char *file :
         {"-r--r--r-- +0 affinity_hint", "-r--r--r-- +0 effective_affinity", "-r--r--r-- +0 effective_affinity_list",
          "-r--r--r-- +0 node", "-rw-r--r-- +0 smp_affinity", "-rw-r--r-- +0 smp_affinity_list",
          "-r--r--r-- +0 spurious", "dr-xr-xr-x +0 button-thread"})
        BOOST_TEST(has(c.out, fmt::format("(^|\n){}\n", file)), c.out);
}

BOOST_AUTO_TEST_CASE(smp_affinity_is_a_mask_and_smp_affinity_list_a_list) {
    const std::string line = "/proc/irq/19/";
    const console c = with_an_spi({"cat " + line + "smp_affinity", "cat " + line + "smp_affinity_list",
                                   "cat " + line + "effective_affinity", "cat " + line + "effective_affinity_list",
                                   "cat " + line + "node", "cat " + line + "affinity_hint"});
    BOOST_TEST(c.out == "f\n0-3\n1\n0\n-1\n0\n", c.out);
}

BOOST_AUTO_TEST_CASE(a_chained_line_has_no_folder) {
    // The line chained to GPIO3: no driver requests it.
    const console c = after_twenty_presses({"ls /proc/irq/17"});
    BOOST_TEST(has(c.r.err, "/proc/irq/17.?: No such file or directory"), c.r.err);
}

BOOST_AUTO_TEST_CASE(default_smp_affinity_is_all_cpus_and_can_be_written) {
    const console c =
        after_twenty_presses({"cat /proc/irq/default_smp_affinity", "echo 6 > /proc/irq/default_smp_affinity",
                              "cat /proc/irq/default_smp_affinity", "echo 0 > /proc/irq/default_smp_affinity"});
    BOOST_TEST(c.out == "f\n6\n", c.out);
    BOOST_TEST(has(c.r.err, "default_smp_affinity: .*Invalid argument"), c.r.err);
}

BOOST_AUTO_TEST_CASE(an_affinity_beyond_the_last_cpu_that_can_exist_is_refused_and_changes_nothing) {
    const console c = with_an_spi({"echo f0 > /proc/irq/19/smp_affinity", "echo 13 > /proc/irq/default_smp_affinity",
                                   "echo 4 > /proc/irq/19/smp_affinity_list",
                                   "cat /proc/irq/19/smp_affinity /proc/irq/default_smp_affinity"});
    BOOST_TEST(c.out == "f\nf\n", c.out);
    BOOST_TEST(has(c.r.err, "echo f0 > .*: Value too large for defined data type"), c.r.err);
    BOOST_TEST(has(c.r.err, "echo 13 > .*: Value too large for defined data type"), c.r.err);
    BOOST_TEST(has(c.r.err, "echo 4 > .*: Numerical result out of range"), c.r.err);
}

BOOST_AUTO_TEST_CASE(irqaffinity_on_the_command_line_is_the_default_together_with_the_boot_cpu) {
    const console c = after_twenty_presses({"cat /proc/irq/default_smp_affinity"}, {"--append", "irqaffinity=2"});
    BOOST_TEST(c.out == "5\n", c.out);
}

BOOST_AUTO_TEST_CASE(the_affinity_of_a_gpio_line_cannot_be_written) {
    const console c = after_twenty_presses({"echo 4 > /proc/irq/" + the_line() + "/smp_affinity"});
    BOOST_TEST(has(c.r.err, "smp_affinity: .*Input/output error"), c.r.err);
}

BOOST_AUTO_TEST_CASE(an_affinity_without_an_online_cpu_is_invalid) {
    const console c = with_an_spi({"echo 0 > /proc/irq/19/smp_affinity", "echo 2-3 > /proc/irq/19/smp_affinity_list",
                                   "cat /proc/irq/19/smp_affinity", "echo 8 > /proc/irq/19/smp_affinity"},
                                  {"--append", "maxcpus=3"});
    BOOST_TEST(c.out == "c\n", c.out);
    unsigned count = 0;
    for (size_t at = c.r.err.find("Invalid argument"); at != std::string::npos;
         at = c.r.err.find("Invalid argument", at + 1))
        ++count;
    BOOST_TEST(count == 2u, c.r.err);
}

BOOST_AUTO_TEST_CASE(a_no_balancing_line_cannot_be_moved_by_users) {
    const console c = with_an_spi({"echo 4 > /proc/irq/19/smp_affinity"}, {}, "IRQF_NOBALANCING");
    BOOST_TEST(has(c.r.err, "smp_affinity: .*Input/output error"), c.r.err);
}

BOOST_AUTO_TEST_CASE(spurious_has_three_lines) {
    const console c = after_twenty_presses({"cat /proc/irq/" + the_line() + "/spurious"});
    BOOST_TEST(c.out == "count 0\nunhandled 0\nlast_unhandled 0 ms\n", c.out);
}

BOOST_AUTO_TEST_CASE(sysfs_says_chip_hwirq_type_wakeup_counts_and_handlers) {
    const std::string folder = "/sys/kernel/irq/" + the_line() + "/";
    const console c = after_twenty_presses({"cat " + folder + "per_cpu_count", "cat " + folder + "chip_name",
                                            "cat " + folder + "hwirq", "cat " + folder + "type",
                                            "cat " + folder + "wakeup", "cat " + folder + "actions"});
    BOOST_TEST(c.out == "20,0,0,0\nrockchip_gpio_irq\n5\nedge\ndisabled\nbutton-thread\n", c.out);
}

BOOST_AUTO_TEST_CASE(timer_list_has_the_timers_and_the_device_of_each_cpu) {
    const console c = after_twenty_presses({"cat /proc/timer_list"});
    BOOST_TEST(has(c.out, "^Timer List Version: v0.9\nHRTIMER_MAX_CLOCK_BASES: 8\nnow at [0-9]+ nsecs\n\ncpu: 0\n"),
               c.out);
    BOOST_TEST(has(c.out,
                   "\n #0: <[0-9a-f]{16}>, tick_sched_timer, S:01\n # expires at ([0-9]+)-\\1 nsecs \\[in [0-9]+ to "
                   "[0-9]+ nsecs\\]\n"),
               c.out);
    BOOST_TEST(has(c.out, "\nTick Device: mode:     1\nPer CPU device: 3\nClock Event Device: arch_sys_timer\n"),
               c.out);
    BOOST_TEST(has(c.out, "\n event_handler:  hrtimer_interrupt\n"), c.out);
}

BOOST_AUTO_TEST_CASE(kallsyms_has_exported_symbols_as_address_type_and_name) {
    const console c = after_twenty_presses({"cat /proc/kallsyms"});
    BOOST_TEST(has(c.out, "(^|\n)[0-9a-f]{16} T request_threaded_irq\n"), "no request_threaded_irq");
}
