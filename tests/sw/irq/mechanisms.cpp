// SPDX-License-Identifier: Apache-2.0
//
// The ways to serve an interrupt, seen by a driver: context, order, CPU, whether sleeping is allowed.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

using namespace rk3568::test;

namespace {

// A module around a handler `h` on gpio 101 (or a parameter).
std::string driver(const std::string &body, const std::string &flags = "IRQF_TRIGGER_RISING",
                   const std::string &thread = "") {
    return "static int gpio = 101;\nmodule_param(gpio, int, 0444);\nstatic int irq;\nstatic int cookie;\n" + body +
           "static int __init drv_init(void)\n{\n\tirq = gpio_to_irq(gpio);\n\tif (irq < 0)\n\t\treturn irq;\n" +
           (thread.empty()
                ? "\treturn request_irq(irq, h, " + flags + ", \"drv\", &cookie);\n"
                : "\treturn request_threaded_irq(irq, h, " + thread + ", " + flags + ", \"drv\", &cookie);\n") +
           "}\nstatic void __exit drv_exit(void)\n{\n\tfree_irq(irq, &cookie);\n\tdrv_done();\n}\n"
           "module_init(drv_init);\nmodule_exit(drv_exit);\n";
}

const nlohmann::json &path_of(const outcome &r, const std::string &mechanism) {
    for (const auto &p : r.latency["paths"])
        if (p["mechanism"] == mechanism)
            return p;
    BOOST_REQUIRE_MESSAGE(false, "no path with mechanism " + mechanism + " in " + r.latency.dump(1));
    return r.latency;
}

void closes(const nlohmann::json &path) {
    BOOST_TEST(path["edges"].get<long>() ==
               path["handled"].get<long>() + path["merged"].get<long>() + path["lost"].get<long>());
}

constexpr const char *counting = "static int count;\n"
                                 "static irqreturn_t h(int n, void *d) { count++; return IRQ_HANDLED; }\n"
                                 "static void drv_done(void) { pr_info(\"count=%d\\n\", count); }\n";

void a_thousand_presses(const std::string &pin, unsigned gpio) {
    simulation s;
    s.module("count", driver(counting));
    // A VCD as a logic analyser exports it.
    std::string vcd = "$timescale 1 us $end\n$scope module la $end\n$var wire 1 # " + pin +
                      " $end\n$upscope $end\n$enddefinitions $end\n#0\n0#\n";
    for (unsigned i = 1; i <= 1000; ++i)
        vcd += fmt::format("#{}\n1#\n#{}\n0#\n", i * 10000, i * 10000 + 4000);
    s.file("presses.vcd", vcd);
    const outcome r = s.run_plain({"--insmod", s.path("count.c") + ":gpio=" + std::to_string(gpio), "--stimulus",
                                   s.path("presses.vcd"), "--for", "20s", "--latency", s.path("latency.json")});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("count") == 1000);
    const auto &p = path_of(r, "hardirq");
    BOOST_TEST(p["edges"] == 1000);
    BOOST_TEST(p["handled"] == 1000);
    BOOST_TEST(p["line"] == pin);
    BOOST_TEST(p["stages"]["pin_to_handler"]["count"] == 1000);
    closes(p);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_thousand_presses_on_gpio_101_call_the_handler_a_thousand_times) {
    a_thousand_presses("GPIO3_A5", 101);
}

BOOST_AUTO_TEST_CASE(a_thousand_presses_on_gpio_42_call_the_handler_a_thousand_times) {
    a_thousand_presses("GPIO1_B2", 42);
}

BOOST_AUTO_TEST_CASE(a_handler_runs_in_hard_interrupt_context_with_interrupts_off) {
    simulation s;
    s.module("ctx", driver(R"(
static irqreturn_t h(int n, void *d)
{
	pr_info("handler: irq %d hardirq=%d softirq=%d interrupt=%d task=%d irqs_off=%d cpu=%d\n", n == irq,
		!!in_hardirq(), !!in_serving_softirq(), !!in_interrupt(), !!in_task(), !!irqs_disabled(), smp_processor_id());
	return IRQ_HANDLED;
}
static void drv_done(void) { }
)"));
    s.file("p.stim", presses("GPIO3_A5", 1, 1000, 500));
    const outcome r = s.run({"--for", "5ms"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("handler: irq 1 hardirq=1 softirq=0 interrupt=1 task=0 irqs_off=1 cpu=0") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_softirq_a_tasklet_a_work_item_and_a_thread_run_after_the_handler_in_their_contexts) {
    simulation s;
    s.module("all", driver(R"(
static void say(const char *what)
{
	pr_info("%s: hardirq=%d softirq=%d task=%d irqs_off=%d comm=%s\n", what, !!in_hardirq(),
		!!in_serving_softirq(), !!in_task(), !!irqs_disabled(), in_task() ? current->comm : "-");
}
static void test_softirq(struct softirq_action *a) { say("softirq"); }
static void tasklet_fn(struct tasklet_struct *t) { say("tasklet"); }
static DECLARE_TASKLET(tasklet, tasklet_fn);
static void work_fn(struct work_struct *w) { msleep(1000); say("work"); }
static DECLARE_WORK(work, work_fn);
static irqreturn_t t(int n, void *d) { msleep(1000); say("thread"); return IRQ_HANDLED; }
static irqreturn_t h(int n, void *d)
{
	say("top half");
	open_softirq(TEST_SOFTIRQ, test_softirq);
	raise_softirq(TEST_SOFTIRQ);
	tasklet_schedule(&tasklet);
	schedule_work(&work);
	say("top half end");
	return IRQ_WAKE_THREAD;
}
static void drv_done(void) { tasklet_kill(&tasklet); flush_work(&work); }
)",
                           "IRQF_TRIGGER_RISING | IRQF_ONESHOT", "t"));
    s.file("p.stim", presses("GPIO3_A5", 1, 1000, 500));
    const outcome r = s.run({"--for", "3s"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("top half: hardirq=1 softirq=0 task=0 irqs_off=1 comm=-") == 1u, r.out);
    BOOST_TEST(r.said("softirq: hardirq=0 softirq=1 task=0 irqs_off=0 comm=-") == 1u);
    BOOST_TEST(r.said("tasklet: hardirq=0 softirq=1 task=0 irqs_off=0 comm=-") == 1u);
    BOOST_TEST(r.said("work: hardirq=0 softirq=0 task=1 irqs_off=0 comm=kworker/0:") == 1u);
    BOOST_TEST(r.said(fmt::format("thread: hardirq=0 softirq=0 task=1 irqs_off=0 comm=irq/")) == 1u);
    // In order: TASKLET_SOFTIRQ has a lower number than the last vector, TEST_SOFTIRQ.
    BOOST_TEST(r.out.find("top half end") < r.out.find("tasklet:"));
    BOOST_TEST(r.out.find("tasklet:") < r.out.find("softirq:"));
    BOOST_TEST(r.out.find("softirq:") < r.out.find("thread:"));
    BOOST_TEST(r.when("thread:") - r.when("top half:") >= 1.0);
    BOOST_TEST(r.when("work:") - r.when("top half:") >= 1.0);
    BOOST_TEST(r.when("work:") - r.when("top half:") < 1.04); // the wheel rounds up to 32 ms there
    closes(path_of(r, "thread"));
    BOOST_TEST(path_of(r, "work")["stages"]["work"]["min_ns"].get<double>() >= 1e9);
}

BOOST_AUTO_TEST_CASE(sleeping_in_a_handler_is_reported_as_the_kernel_does_and_the_run_exits_2) {
    simulation s;
    s.module("sleepy", driver(R"(
static DEFINE_MUTEX(lock);
static irqreturn_t h(int n, void *d) { mutex_lock(&lock); mutex_unlock(&lock); return IRQ_HANDLED; }
static void drv_done(void) { }
)"));
    s.file("p.stim", presses("GPIO3_A5", 1, 1000, 500));
    const outcome r = s.run({"--for", "5ms"});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("BUG: sleeping function called from invalid context at ") == 1u, r.out);
    BOOST_TEST(r.said("in_atomic(): 1, irqs_disabled(): ") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(msleep_in_a_handler_is_scheduling_while_atomic) {
    simulation s;
    s.module("sleepier", driver(R"(
static irqreturn_t h(int n, void *d) { msleep(10); return IRQ_HANDLED; }
static void drv_done(void) { }
)"));
    s.file("p.stim", presses("GPIO3_A5", 1, 1000, 500));
    const outcome r = s.run({"--for", "50ms"});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("BUG: scheduling while atomic: ") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_level_oneshot_line_stays_masked_until_its_thread_is_done) {
    simulation s;
    s.module("oneshot", driver(R"(
static int runs, calls, inside, nested;
static irqreturn_t h(int n, void *d) { calls++; if (inside) nested++; return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d) { inside = 1; msleep(20); runs++; inside = 0; return IRQ_HANDLED; }
static void drv_done(void) { pr_info("runs=%d calls=%d nested=%d\n", runs, calls, nested); }
)",
                               "IRQF_TRIGGER_HIGH | IRQF_ONESHOT", "t"));
    s.file("p.stim", "1ms GPIO3_A5 1\n30ms GPIO3_A5 0\n");
    const outcome r = s.run({"--for", "1s"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("runs") == 2); // asleep for 20 to 24 ms of the 29, then once more
    BOOST_TEST(r.number("calls") == 2);
    BOOST_TEST(r.number("nested") == 0);
    closes(path_of(r, "thread"));
}

BOOST_AUTO_TEST_CASE(a_level_that_only_wakes_its_thread_without_oneshot_is_named) {
    const auto level = [](const char *flags) {
        simulation s;
        s.module("level", fmt::format(R"(
static int irq;
static irqreturn_t hard(int n, void *d) {{ return IRQ_WAKE_THREAD; }}
static irqreturn_t soft(int n, void *d) {{ msleep(1); return IRQ_HANDLED; }}
static int __init m_init(void)
{{
	irq = gpio_to_irq(101);
	return request_threaded_irq(irq, hard, soft, IRQF_TRIGGER_HIGH{}, "level", &irq);
}}
static void __exit m_exit(void) {{ free_irq(irq, &irq); }}
module_init(m_init);
module_exit(m_exit);
)",
                                      flags));
        s.file("p.stim", "1ms GPIO3_A5 1\n400ms GPIO3_A5 0\n");
        return s.run({"--for", "500ms"});
    };
    const outcome wrong = level(""), right = level(" | IRQF_ONESHOT");
    BOOST_TEST(wrong.status == 2, wrong.out);
    BOOST_TEST(wrong.err.find("IRQF_ONESHOT is missing on a level") != std::string::npos, wrong.err);
    BOOST_TEST(right.status == 0, right.err);
    BOOST_TEST(right.err.find("ONESHOT") == std::string::npos, right.err);
}

BOOST_AUTO_TEST_CASE(edges_during_a_thread_call_the_handler_each_and_the_thread_once_more) {
    simulation s;
    s.module("edges", driver(R"(
static int runs, calls;
static irqreturn_t h(int n, void *d) { calls++; return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d) { msleep(20); runs++; return IRQ_HANDLED; }
static void drv_done(void) { pr_info("runs=%d calls=%d\n", runs, calls); }
)",
                             "IRQF_TRIGGER_RISING | IRQF_ONESHOT", "t"));
    // handle_edge_irq does not mask for ONESHOT: ten edges in 10 ms are ten calls, and two runs of the thread.
    s.file("p.stim", presses("GPIO3_A5", 10, 1000, 500));
    const outcome r = s.run({"--for", "1s"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("calls") == 10);
    BOOST_TEST(r.number("runs") == 2);
    const auto &p = path_of(r, "thread");
    BOOST_TEST(p["edges"] == 10);
    closes(p);
}

BOOST_AUTO_TEST_CASE(edges_that_come_faster_than_they_are_served_merge_in_the_latch) {
    simulation s;
    s.module("slow", driver(R"(
static int calls;
static irqreturn_t h(int n, void *d) { calls++; mdelay(4); return IRQ_HANDLED; }
static void drv_done(void) { pr_info("calls=%d\n", calls); }
)"));
    s.file("p.stim", presses("GPIO3_A5", 10, 1000, 500));
    const outcome r = s.run({"--for", "1s"});
    const auto &p = path_of(r, "hardirq");
    BOOST_TEST(p["edges"] == 10);
    BOOST_TEST(p["handled"].get<long>() == r.number("calls"));
    BOOST_TEST(p["handled"].get<long>() < 5);
    BOOST_TEST(p["merged"].get<long>() > 4);
    closes(p);
}

BOOST_AUTO_TEST_CASE(a_level_line_calls_its_handler_for_as_long_as_the_level_lasts) {
    simulation s;
    s.module("level", driver(R"(
static int count;
static irqreturn_t h(int n, void *d) { count++; udelay(100); return IRQ_HANDLED; }
static void drv_done(void) { pr_info("count=%d\n", count); }
)",
                             "IRQF_TRIGGER_HIGH"));
    s.file("p.stim", "1ms GPIO3_A5 1\n2ms GPIO3_A5 0\n");
    const outcome r = s.run({"--for", "10ms"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("count") >= 9);
    BOOST_TEST(r.number("count") <= 10);
    closes(path_of(r, "hardirq"));
}

BOOST_AUTO_TEST_CASE(both_edges_call_the_handler_twice_a_press) {
    simulation s;
    s.module("both", driver(counting, "IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING"));
    s.file("p.stim", presses("GPIO3_A5", 7, 1000, 500));
    const outcome r = s.run({"--for", "20ms"});
    BOOST_TEST(r.number("count") == 14);
}

BOOST_AUTO_TEST_CASE(shared_handlers_of_one_line_are_all_called_in_the_order_of_their_request) {
    simulation s;
    s.module("shared", R"(
static int irq, a, b;
static irqreturn_t first(int n, void *d) { pr_info("action a\n"); return IRQ_NONE; }
static irqreturn_t second(int n, void *d) { pr_info("action b\n"); return IRQ_HANDLED; }
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	if (request_irq(irq, first, IRQF_SHARED | IRQF_TRIGGER_RISING, "a", &a))
		return -EBUSY;
	return request_irq(irq, second, IRQF_SHARED | IRQF_TRIGGER_RISING, "b", &b);
}
static void __exit m_exit(void) { free_irq(irq, &a); free_irq(irq, &b); }
module_init(m_init);
module_exit(m_exit);
)");
    s.file("p.stim", presses("GPIO3_A5", 3, 1000, 500));
    // With its checks, free_irq would call each once more.
    const outcome r = s.run({"--for", "10ms", "--append", "debug=off"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("action a\n") == 3u);
    BOOST_TEST(r.said("action b\n") == 3u);
    BOOST_TEST(r.out.find("action a") < r.out.find("action b"));
}

BOOST_AUTO_TEST_CASE(a_handlers_own_loop_delays_the_next_interrupt_by_its_time_on_the_core) {
    simulation s;
    s.module("busy", driver(R"(
static volatile int spin;
static irqreturn_t h(int n, void *d) { for (spin = 0; spin < 1000000; spin++) ; pr_info("handled\n"); return IRQ_HANDLED; }
static void drv_done(void) { }
)"));
    s.file("p.stim", presses("GPIO3_A5", 1, 1000, 500));
    const outcome r = s.run({"--for", "100ms"});
    BOOST_TEST(r.status == 0, r.err);
    // llvm-mca -mcpu=cortex-a55: 12 cycles an iteration (load, add, store, load, compare, branch) at 1.992 GHz.
    const double mca_ns = 1e6 * 12 / 1.992;
    const double took = path_of(r, "hardirq")["stages"]["handler"]["max_ns"].get<double>();
    BOOST_TEST(took > 0.75 * mca_ns);
    BOOST_TEST(took < 1.25 * mca_ns);
}

BOOST_AUTO_TEST_CASE(delayed_work_runs_after_its_delay) {
    simulation s;
    s.module("delayed", driver(R"(
static void fn(struct work_struct *w) { pr_info("work\n"); }
static DECLARE_DELAYED_WORK(dw, fn);
static irqreturn_t h(int n, void *d) { pr_info("handler\n"); mod_delayed_work(system_wq, &dw, msecs_to_jiffies(20)); return IRQ_HANDLED; }
static void drv_done(void) { cancel_delayed_work_sync(&dw); }
)"));
    s.file("p.stim", presses("GPIO3_A5", 3, 1000, 500)); // three within 3 ms: one debounced work item
    const outcome r = s.run({"--for", "200ms"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("handler\n") == 3u);
    BOOST_TEST(r.said("work\n") == 1u);
    BOOST_TEST(r.when("work") - r.when("handler") > 0.020);
    BOOST_TEST(r.when("work") - r.when("handler") < 0.040);
}
