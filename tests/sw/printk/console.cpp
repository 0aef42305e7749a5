// SPDX-License-Identifier: Apache-2.0
//
// The console on UART2: what printk costs when its characters have to leave through a pin.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace rk3568::test;

namespace {

const std::vector<std::string> on = {"--append", "console=ttyS2,1500000", "--uart", "uart.txt"};

// What UART2 sent, as the log has it: without the carriage returns.
std::string sent(const simulation &s) {
    std::string text = s.read("uart.txt");
    BOOST_TEST(text.size() > 2u);
    BOOST_TEST(std::count(text.begin(), text.end(), '\r') == std::count(text.begin(), text.end(), '\n'));
    text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    return text;
}

// A handler whose first call prints a line that has 80 characters on the wire: 15 of the stamp, 63, CR and LF. The
// second edge comes 100 us later.
const char *const chatty = R"(
static int n, irq;
static irqreturn_t h(int irq, void *p) { if (!n++) pr_info("%063d\n", 0); return IRQ_HANDLED; }
static int __init m_init(void) { irq = gpio_to_irq(101); return request_irq(irq, h, IRQF_TRIGGER_RISING, "chatty", &n); }
static void __exit m_exit(void) { free_irq(irq, &n); }
module_init(m_init); module_exit(m_exit);
)";

double longest_us(const std::string &console) {
    simulation s;
    s.module("chatty", chatty);
    s.file("two.stim", "5ms GPIO3_A5 1\n5050us GPIO3_A5 0\n5100us GPIO3_A5 1\n");
    const outcome r = s.run({"--append", console, "--for", "20ms"});
    BOOST_REQUIRE_MESSAGE(r.status == 0, r.out << r.err);
    return r.latency["paths"][0]["stages"]["pin_to_handler"]["max_ns"].get<double>() / 1000;
}

} // namespace

BOOST_AUTO_TEST_CASE(eighty_characters_in_a_handler_keep_the_next_interrupt_waiting_for_533_us) {
    const double quiet = longest_us("loglevel=7");
    BOOST_TEST(quiet < 2);
    const double wire = 80 * 10 / 1.5, with = longest_us("console=ttyS2,1500000");
    BOOST_TEST_MESSAGE("off " << quiet << " us, on " << with << " us");
    BOOST_TEST(with > wire - 100);
    BOOST_TEST(with < wire - 100 + 12);
    // The nearest divisor of 24 MHz to 115,200 baud is 13.
    const double slow = 80 * 10 * 13 / 1.5, slowly = longest_us("console=ttyS2,115200n8");
    BOOST_TEST(slowly > slow - 100);
    BOOST_TEST(slowly < slow - 100 + 20);
    BOOST_TEST(longest_us("console=ttyS2,1500000 quiet") < 2);
}

BOOST_AUTO_TEST_CASE(off_unless_console_asks_for_it_and_then_the_whole_log_leaves) {
    simulation s;
    s.module("m",
             "static int __init m_init(void) { pr_info(\"one\\ntwo\\n\"); pr_cont(\"a\"); pr_debug(\"no\"); return 0; "
             "}\nmodule_init(m_init);\n");
    outcome r = s.run({"--for", "1ms", "--uart", "uart.txt"});
    BOOST_TEST(r.status == 0);
    BOOST_TEST(s.read("uart.txt").empty());
    BOOST_TEST(r.said("ttyS2") == 0u);
    std::vector<std::string> arguments = on;
    arguments.insert(arguments.end(), {"--for", "1ms", "--vcd", "w.vcd"});
    r = s.run(arguments);
    BOOST_TEST(r.status == 0);
    BOOST_TEST(r.said("printk: console [ttyS2] enabled\n") == 1u);
    BOOST_TEST(sent(s) == r.out);
    BOOST_TEST(s.read("w.vcd").find(" tx_line ") != std::string::npos);
    r = s.run({"--append", "console=ttyS7,1500000 console=tty0", "--for", "1ms", "--uart", "uart.txt"});
    BOOST_TEST(r.status == 0);
    BOOST_TEST(s.read("uart.txt").empty());
}

BOOST_AUTO_TEST_CASE(two_cpus_that_print_at_once_lose_nothing_and_hand_the_console_over_line_by_line) {
    simulation s;
    s.module("pair", R"(
#include <linux/sched/task.h>
static u64 longest[2];
static int fn(void *arg)
{
	long me = (long)arg;
	int i;
	for (i = 0; i < 25; i++) {
		u64 t = ktime_get_ns();
		printk(KERN_INFO "cpu %ld line %02d\n", me, i);
		longest[me] = max(longest[me], ktime_get_ns() - t);
	}
	return 0;
}
static int __init m_init(void)
{
	struct task_struct *t[2];
	long i;
	for (i = 0; i < 2; i++) { t[i] = kthread_create(fn, (void *)i, "p%ld", i); kthread_bind(t[i], 1 + i); get_task_struct(t[i]); wake_up_process(t[i]); }
	msleep(40);
	for (i = 0; i < 2; i++) { kthread_stop(t[i]); put_task_struct(t[i]); }
	pr_info("longest0=%llu longest1=%llu\n", longest[0], longest[1]);
	return 0;
}
module_init(m_init);
)");
    std::vector<std::string> arguments = on;
    arguments.insert(arguments.end(), {"--for", "1ms"});
    const outcome r = s.run(arguments);
    BOOST_TEST(r.status == 0, r.out << r.err);
    const std::string text = sent(s);
    BOOST_TEST(text == r.out);
    for (const std::string cpu : {"0", "1"})
        for (int line = 0; line < 25; ++line)
            BOOST_TEST(r.said("cpu " + cpu + " line " + (line < 10 ? "0" : "") + std::to_string(line) + "\n") == 1u);
    // A line has 31 characters on the wire, 207 us. A CPU that waits gets the console after the line that is being
    // written, and then writes its own and what came meanwhile: never more than a few.
    for (const char *name : {"longest0", "longest1"}) {
        BOOST_TEST(r.number(name) > 200000);
        BOOST_TEST(r.number(name) < 4 * 207000);
    }
}

BOOST_AUTO_TEST_CASE(a_panic_ends_on_the_wire_whoever_was_writing) {
    simulation s;
    s.module("fall", R"(
static int fn(void *arg) { while (!kthread_should_stop()) printk(KERN_INFO "+\n"); return 0; }
static int __init m_init(void)
{
	int i;
	for (i = 1; i < 4; i++) { struct task_struct *t = kthread_create(fn, NULL, "w%d", i); kthread_bind(t, i); wake_up_process(t); }
	udelay(50);
	panic("in the midst of it");
}
module_init(m_init);
)");
    std::vector<std::string> arguments = on;
    arguments.insert(arguments.end(), {"--for", "1ms"});
    const outcome r = s.run(arguments);
    BOOST_TEST(r.status == 2);
    const std::string text = sent(s);
    BOOST_TEST(text.find("Kernel panic - not syncing: in the midst of it\n") != std::string::npos);
    BOOST_TEST(text.find("Call trace:\n") != std::string::npos);
    const std::string last = "---[ end Kernel panic - not syncing: in the midst of it ]---\n";
    BOOST_REQUIRE(text.size() > last.size());
    BOOST_TEST(text.substr(text.size() - last.size()) == last);
    BOOST_TEST(r.out.substr(r.out.size() - last.size()) == last);
}

BOOST_AUTO_TEST_CASE(an_oops_and_a_warning_leave_in_full) {
    simulation s;
    s.module("oops", "static int fn(void *arg) { WARN_ON(1); *(volatile int *)8 = 1; return 0; }\n"
                     "static int __init m_init(void) { kthread_run(fn, NULL, \"faller\"); msleep(60); return 0; }\n"
                     "module_init(m_init);\n");
    std::vector<std::string> arguments = on;
    arguments.insert(arguments.end(), {"--for", "1ms"});
    const outcome r = s.run(arguments);
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("Internal error: Oops: ") == 1u);
    BOOST_TEST(sent(s) == r.out);
}

BOOST_AUTO_TEST_CASE(a_module_may_have_a_console_of_its_own_and_is_told_what_it_missed) {
    const outcome r = in_kernel(R"(
#include <linux/console.h>
static char got[64];
static int calls, lost, pinned;
static void keep(struct console *co, const char *s, unsigned int n)
{
	calls++; pinned += !!irqs_disabled();
	if (!strncmp(s, "** ", 3)) { lost = simple_strtol(s + 3, NULL, 10); return; }
	snprintf(got, sizeof(got), "%.*s", (int)n, s);
	pr_debug("within");
}
static struct console mine = {.name = "mine", .write = keep, .flags = CON_ENABLED, .index = -1};
static void test(void)
{
	int i;
	register_console(&mine);
	SAME(calls, 1);
	CHECK(strstr(got, "] printk: console [mine0] enabled\n"));
	pr_warn("hear this\n");
	SAME(calls, 2); SAME(pinned, 2); CHECK(strstr(got, "] hear this\n")); CHECK(got[0] == '[');
	pr_warn("later\n");
	WAIT_FOR(calls == 3); CHECK(strstr(got, "] later\n"));
	console_lock();
	CHECK(is_console_locked()); CHECK(!console_trylock());
	for (i = 0; i < 4200; i++)
		printk(KERN_DEBUG "nothing reads %d\n", i);
	pr_warn("but this\n");
	SAME(calls, 3);
	console_unlock();
	CHECK(!is_console_locked());
	SAME(calls, 5); CHECK(strstr(got, "] but this\n")); CHECK(lost > 100 && lost < 110);
	SAME(unregister_console(&mine), 0); SAME(unregister_console(&mine), -ENODEV);
	pr_warn("no more\n");
	SAME(calls, 6); CHECK(strstr(got, "] printk: console [mine0] disabled\n"));
}
)");
    BOOST_TEST(r.said("no more") == 1u);
}
