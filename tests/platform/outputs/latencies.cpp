// SPDX-License-Identifier: Apache-2.0
//
// What the latencies say besides their quantiles: the worst sample and its cause, the longest times without interrupts
// and preemption, and what changed between two runs.
#include "tests/platform/outputs/driver.h"

#include <filesystem>

using namespace rk3568::test;

namespace {

const nlohmann::json &way(const outcome &r, const std::string &name, const std::string &mechanism) {
    for (const auto &path : r.latency.at("paths"))
        if (path.at("name") == name && path.at("mechanism") == mechanism)
            return path;
    BOOST_FAIL("no " + name + " " + mechanism);
    return r.latency;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_finding_is_an_object_with_kind_place_and_stack) {
    simulation s;
    s.module("sleeps", R"(
static int irq;
static noinline void naps(void) { msleep(1); }
static irqreturn_t h(int n, void *d) { naps(); return IRQ_HANDLED; }
static int __init sleeps_init(void)
{
	irq = gpio_to_irq(101);
	return request_irq(irq, h, IRQF_TRIGGER_RISING, "button", &irq);
}
static void __exit sleeps_exit(void) { free_irq(irq, &irq); }
module_init(sleeps_init);
module_exit(sleeps_exit);
)");
    s.file("presses.stim", "1ms GPIO3_A5 1\n20ms GPIO3_A5 0\n30ms GPIO3_A5 1\n");
    const outcome r = s.run();
    BOOST_TEST(r.status == 2);
    const auto &findings = r.latency.at("findings");
    BOOST_REQUIRE(!findings.empty());
    const auto &first = findings.at(0);
    BOOST_TEST(first.at("kind") == "sleep-in-atomic");
    BOOST_TEST(first.at("text").get<std::string>().find("in_irq") == std::string::npos);
    const auto place = first.at("place").get<std::string>();
    BOOST_TEST(place.find("sleeps.c:") != std::string::npos, place);
    BOOST_TEST(first.at("first_ns") <= first.at("last_ns"));
    BOOST_TEST(first.at("count") >= 1);
    BOOST_TEST(first.at("hint").is_string());
    std::string calls;
    for (const auto &frame : first.at("stack"))
        if (frame.at("module") == "sleeps")
            calls += frame.at("symbol").get<std::string>() + " ";
    BOOST_TEST(calls == "naps h ");
}

BOOST_AUTO_TEST_CASE(the_worst_sample_names_the_thread_that_masked_interrupts) {
    simulation s;
    s.module("rude", R"(
static int irq;
static struct task_struct *rude;
static irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }
static int rude_fn(void *d)
{
	unsigned long flags;
	msleep(20);
	local_irq_save(flags);
	mdelay(3);
	local_irq_restore(flags);
	while (!kthread_should_stop())
		msleep(5);
	return 0;
}
static int __init rude_init(void)
{
	int ret;
	irq = gpio_to_irq(101);
	ret = request_irq(irq, h, IRQF_TRIGGER_RISING, "button", &irq);
	rude = kthread_create(rude_fn, NULL, "rude");
	kthread_bind(rude, 0);
	wake_up_process(rude);
	return ret;
}
static void __exit rude_exit(void) { kthread_stop(rude); free_irq(irq, &irq); }
module_init(rude_init);
module_exit(rude_exit);
)");
    std::string stim;
    for (int i = 1; i <= 60; ++i) // every millisecond: some fall into the three
        stim += std::to_string(i) + "ms GPIO3_A5 1\n" + std::to_string(i * 1000 + 100) + "us GPIO3_A5 0\n";
    s.file("presses.stim", stim);
    const outcome r = s.run();
    const auto &stage = way(r, "button", "hardirq").at("stages").at("pin_to_handler");
    BOOST_TEST(stage.at("max_ns") > 1'500'000);
    BOOST_TEST(stage.at("max_ns") < 3'100'000);
    const auto &worst = stage.at("worst");
    BOOST_TEST(worst.at("cpu") == 0);
    BOOST_TEST(worst.at("cause").at("kind") == "task");
    BOOST_TEST(worst.at("cause").at("name") == "rude");
    BOOST_TEST(worst.at("cause").at("ns") > stage.at("max_ns").get<double>() * 0.99);
    // Cores that idle for longer have interrupts off then, which keeps nothing waiting.
    for (const auto &cpu : r.latency.at("irqs_off"))
        BOOST_TEST(cpu.at("max_ns") < 3'500'000, cpu.dump());
    const auto &off = r.latency.at("irqs_off").at(0);
    BOOST_TEST(off.at("cpu") == 0);
    BOOST_TEST(off.at("from") == "rude_fn");
    BOOST_TEST(off.at("to") == "rude_fn");
    BOOST_TEST(off.at("max_ns") >= 3'000'000);
    BOOST_TEST(off.at("max_ns") < 3'010'000);
    // It began before the pin's edge and ended before the handler.
    BOOST_TEST(off.at("at_ns") <= worst.at("at_ns").get<double>() - stage.at("max_ns").get<double>());
    BOOST_TEST(off.at("at_ns").get<double>() + off.at("max_ns").get<double>() <= worst.at("at_ns"));
}

BOOST_AUTO_TEST_CASE(the_worst_sample_names_the_handler_that_ran_before) {
    simulation s;
    s.module("slow", R"(
static int a, b;
static irqreturn_t slow(int n, void *d) { udelay(400); return IRQ_HANDLED; }
static irqreturn_t fast(int n, void *d) { return IRQ_HANDLED; }
static int __init slow_init(void)
{
	a = gpio_to_irq(101);
	b = gpio_to_irq(40);
	return request_irq(a, slow, IRQF_TRIGGER_RISING, "slow", &a) ?: request_irq(b, fast, IRQF_TRIGGER_RISING, "fast", &b);
}
static void __exit slow_exit(void) { free_irq(a, &a); free_irq(b, &b); }
module_init(slow_init);
module_exit(slow_exit);
)");
    s.file("presses.stim", "10ms GPIO3_A5 1\n10050us GPIO1_B0 1\n20ms GPIO1_B0 0\n30ms GPIO1_B0 1\n");
    const outcome r = s.run();
    const auto &stage = way(r, "fast", "hardirq").at("stages").at("pin_to_handler");
    BOOST_TEST(stage.at("count") == 2);
    BOOST_TEST(stage.at("max_ns") > 350'000);
    BOOST_TEST(stage.at("worst").at("cause").at("kind") == "hardirq");
    BOOST_TEST(stage.at("worst").at("cause").at("name") == "slow");
    BOOST_TEST(stage.at("worst").at("cause").at("ns") <= stage.at("max_ns")); // of the wait, not of the handler
    BOOST_TEST(r.err.find("GPIO1_B0 fast hardirq worst: ") != r.err.npos, r.err);
}

BOOST_AUTO_TEST_CASE(the_longest_run_says_for_which_lock_it_waited_and_who_had_it) {
    for (const std::string kind : {"mutex", "rt_mutex", "rw_semaphore"}) {
        const std::string take = kind == "mutex" ? "mutex_lock" : kind == "rt_mutex" ? "rt_mutex_lock" : "down_write";
        const std::string give = kind == "mutex" ? "mutex_unlock" : kind == "rt_mutex" ? "rt_mutex_unlock" : "up_write";
        const std::string define = kind == "mutex" ? "MUTEX" : kind == "rt_mutex" ? "RT_MUTEX" : "";
        simulation s;
        s.module("shared", R"(
#include <linux/kthread.h>
#include <linux/rtmutex.h>
#include <linux/rwsem.h>
)" + (define.empty() ? "static DECLARE_RWSEM(bus);\n" : "static DEFINE_" + define + "(bus);\n") +
                               R"(
static struct task_struct *hog;
static int irq;
static int hogging(void *d)
{
	while (!kthread_should_stop()) {
		)" + take + R"((&bus);
		usleep_range(3000, 3000);
		)" + give + R"((&bus);
		msleep(40);
	}
	return 0;
}
static irqreturn_t t(int n, void *d) { )" +
                               take + "(&bus); udelay(5); " + give + R"((&bus); return IRQ_HANDLED; }
static int __init shared_init(void)
{
	hog = kthread_run(hogging, NULL, "hog");
	irq = gpio_to_irq(101);
	return request_threaded_irq(irq, NULL, t, IRQF_TRIGGER_RISING | IRQF_ONESHOT, "shared", &irq);
}
static void __exit shared_exit(void) { free_irq(irq, &irq); kthread_stop(hog); }
module_init(shared_init);
module_exit(shared_exit);
)");
        std::string presses;
        for (unsigned i = 1; i <= 100; ++i)
            presses += fmt::format("{0}ms GPIO3_A5 1\n{0}.5ms GPIO3_A5 0\n", i);
        s.file("presses.stim", presses);
        const outcome r = s.run();
        BOOST_TEST(r.status == 0, r.out + r.err);
        const auto &run = way(r, "shared", "thread").at("stages").at("thread");
        BOOST_TEST(run.at("max_ns") > 500'000, kind);
        const auto &cause = run.at("worst").at("cause");
        BOOST_TEST(cause.at("kind") == "lock", kind);
        BOOST_TEST(cause.at("name") == "bus", kind);
        BOOST_TEST(cause.at("holder") == "hog", kind);
        BOOST_TEST(cause.at("ns") > run.at("max_ns").get<double>() * 0.9, kind);
        BOOST_TEST(r.err.find("waiting for the lock bus, which was with hog") != r.err.npos, r.err);
    }
}

BOOST_AUTO_TEST_CASE(the_worst_sample_of_a_thread_that_was_busy_says_so) {
    simulation s;
    s.module("busy", R"(
static int irq;
static irqreturn_t h(int n, void *d) { return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d) { msleep(8); return IRQ_HANDLED; }
static int __init busy_init(void) { irq = gpio_to_irq(101); return request_threaded_irq(irq, h, t, IRQF_TRIGGER_RISING, "busy", &irq); }
static void __exit busy_exit(void) { free_irq(irq, &irq); }
module_init(busy_init);
module_exit(busy_exit);
)");
    s.file("presses.stim", "10ms GPIO3_A5 1\n11ms GPIO3_A5 0\n12ms GPIO3_A5 1\n");
    const outcome r = s.run();
    const auto &worst = way(r, "busy", "thread").at("stages").at("pin_to_thread").at("worst");
    BOOST_TEST(worst.at("cause").at("kind") == "busy");
    BOOST_TEST(worst.at("cause").at("ns") > 6'000'000);
}

BOOST_AUTO_TEST_CASE(the_table_of_latencies_is_the_json_row_by_row) {
    simulation s;
    s.module("c",
             "static int irq;\nstatic irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }\n"
             "static int __init c_init(void) { irq = gpio_to_irq(101); return request_irq(irq, h, "
             "IRQF_TRIGGER_RISING, \"the, \\\"button\\\"\", &irq); }\n"
             "static void __exit c_exit(void) { free_irq(irq, &irq); }\nmodule_init(c_init);\nmodule_exit(c_exit);\n");
    s.file("presses.stim", presses("GPIO3_A5", 5, 10000, 3000));
    const outcome r = s.run({"--csv", s.path("table.csv")});
    BOOST_REQUIRE(r.status == 0);
    std::istringstream rows(s.read("table.csv"));
    std::string row;
    std::getline(rows, row);
    BOOST_TEST(row == "line,irq,name,mechanism,stage,count,min_ns,mean_ns,p50_ns,p90_ns,p99_ns,p999_ns,max_ns");
    size_t stages = 0, count = 0;
    for (const auto &path : r.latency.at("paths"))
        stages += path.at("stages").size();
    while (std::getline(rows, row)) {
        BOOST_TEST(row.find("GPIO3_A5," + r.latency.at("paths")[0].at("irq").dump() +
                            ",\"the, \"\"button\"\"\",hardirq,") == 0u,
                   row);
        ++count;
    }
    BOOST_TEST(count == stages);
}

BOOST_AUTO_TEST_CASE(an_output_never_overwrites_what_the_run_reads) {
    simulation s;
    const std::string stim = s.file("a.stim", "1ms GPIO3_A5 1\n");
    const outcome r = s.run_plain({"--stimulus", stim, "--latency", stim});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err == "rk3568-sim: --latency: '" + stim + "' is read by this run and would be overwritten\n");
    BOOST_TEST(s.read("a.stim") == "1ms GPIO3_A5 1\n");
}

BOOST_AUTO_TEST_CASE(two_runs_are_compared) {
    simulation s;
    const auto text = [](const char *us) {
        return std::string("static int irq;\nstatic irqreturn_t h(int n, void *d) { udelay(") + us +
               "); return IRQ_HANDLED; }\n"
               "static int __init c_init(void) { irq = gpio_to_irq(101); return request_irq(irq, h, "
               "IRQF_TRIGGER_RISING, \"button\", &irq); }\n"
               "static void __exit c_exit(void) { free_irq(irq, &irq); }\nmodule_init(c_init);\nmodule_exit(c_exit);\n";
    };
    s.module("c", text("10"));
    s.file("presses.stim", presses("GPIO3_A5", 5, 10000, 3000));
    BOOST_REQUIRE(s.run().status == 0);
    std::filesystem::rename(s.path("latency.json"), s.path("old.json"));
    const outcome same = s.run({"--compare", s.path("old.json")});
    BOOST_TEST(same.status == 0);
    BOOST_TEST(same.err.find("latencies: no stage differs by 2 % or more\n") != same.err.npos, same.err);
    simulation slower;
    slower.module("c", text("20"));
    slower.file("presses.stim", presses("GPIO3_A5", 5, 10000, 3000));
    const outcome r = slower.run({"--compare", s.path("old.json")});
    BOOST_TEST(r.err.find("slower than before:\n  GPIO3_A5 button hardirq handler:   p50 10.") != r.err.npos, r.err);
    BOOST_TEST(r.err.find("-> 20.") != r.err.npos, r.err);
    BOOST_TEST(r.err.find("faster than before") == r.err.npos, r.err);
    const outcome gate = slower.run({"--compare", s.path("old.json"), "--fail-above", "50%"});
    BOOST_TEST(gate.status == 4);
    BOOST_TEST(gate.err.find("rk3568-sim: --fail-above 50%: GPIO3_A5 button hardirq handler is ") != gate.err.npos,
               gate.err);
    BOOST_TEST(slower.run({"--compare", s.path("old.json"), "--fail-above", "500%"}).status == 0);
    BOOST_TEST(s.run({"--compare", s.path("old.json"), "--fail-above", "0"}).status == 0);
    const outcome bad = slower.run({"--compare", s.path("presses.stim")});
    BOOST_TEST(bad.status == 1);
    BOOST_TEST(bad.err ==
               "rk3568-sim: " + s.path("presses.stim") + ": expected a file that --latency wrote (schema 1 or 2)\n");
}
