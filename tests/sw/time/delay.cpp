// SPDX-License-Identifier: Apache-2.0
//
// Clocks, conversions, sleeps, busy waits, and the tick that stops when nothing needs it.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <sys/resource.h>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(conversions_round_up_to_ticks_of_four_milliseconds) {
    in_kernel(R"(
static void test(void)
{
	SAME(msecs_to_jiffies(0), 0); SAME(msecs_to_jiffies(1), 1); SAME(msecs_to_jiffies(4), 1); SAME(msecs_to_jiffies(5), 2);
	SAME(msecs_to_jiffies(1000), 250); SAME(msecs_to_jiffies((unsigned)-1), MAX_JIFFY_OFFSET);
	SAME(usecs_to_jiffies(1), 1); SAME(usecs_to_jiffies(4000), 1); SAME(usecs_to_jiffies(4001), 2); SAME(nsecs_to_jiffies(8000000), 2);
	SAME(jiffies_to_msecs(250), 1000); SAME(jiffies_to_msecs(1), 4); SAME(jiffies_to_usecs(3), 12000); SAME(jiffies_to_nsecs(2), 8000000);
	SAME(ktime_to_us(ktime_set(1, 500000)), 1000500); SAME(ktime_to_ms(ns_to_ktime(2999999)), 2); SAME(ktime_compare(5, 3), 1);
	SAME(ktime_divns(1000001, 1000), 1000); SAME(ktime_us_delta(5000, 2000), 3);
	SAME(round_jiffies_relative(0) < HZ, 1);
}
)");
}

BOOST_AUTO_TEST_CASE(clocks_agree_across_cpus_and_never_go_back) {
    in_kernel(R"(
static u64 seen;
static int backwards;
static void look(void *arg) { u64 now = ktime_get_ns(); if (now < seen) backwards++; seen = now; }
static void test(void)
{
	u64 a, b, c; int i;
	for (i = 0; i < 400; i++) ON_CPU(i % 4, look, NULL);
	SAME(backwards, 0);
	a = ktime_get_ns(); udelay(100); b = ktime_get_ns();
	CHECK(b - a >= 100000); CHECK(b - a < 101000);
	a = ktime_get_boottime_ns(); CHECK(a >= b);
	c = local_clock(); CHECK(c > 0);
	a = get_jiffies_64(); msleep(40); CHECK(get_jiffies_64() - a >= 10); CHECK(get_jiffies_64() - a <= 12);
	CHECK(ktime_get_real_ns() > ktime_get_ns());
}
)");
}

BOOST_AUTO_TEST_CASE(busy_waits_take_their_time_and_no_more_and_interrupts_come_meanwhile) {
    in_kernel(R"(
static struct hrtimer t;
static int fired;
static enum hrtimer_restart fn(struct hrtimer *x) { fired++; return HRTIMER_NORESTART; }
static u64 took_us(int which)
{
	u64 a = ktime_get_ns();
	if (which == 0) udelay(7); else if (which == 1) ndelay(900); else if (which == 2) mdelay(3); else udelay(1000);
	return ktime_get_ns() - a;
}
static void test(void)
{
	preempt_disable();
	CHECK(took_us(0) >= 7000); CHECK(took_us(0) < 7500); CHECK(took_us(1) >= 900); CHECK(took_us(1) < 1400);
	CHECK(took_us(2) >= 3000000);
	local_irq_disable(); CHECK(took_us(3) < 1001000); local_irq_enable();
	hrtimer_init(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED); t.function = fn;
	hrtimer_start(&t, ns_to_ktime(100 * NSEC_PER_USEC), HRTIMER_MODE_REL_PINNED);
	udelay(200);
	SAME(fired, 1);
	preempt_enable();
}
)");
}

// Linux 6.1 at HZ=250: msecs_to_jiffies(n) + 1 ticks, and the wheel's bucket after that: msleep(10) takes 16 to 20 ms.
BOOST_AUTO_TEST_CASE(sleeps_last_at_least_as_long_as_asked_and_at_most_what_the_wheel_adds) {
    in_kernel(R"(
static void test(void)
{
	static const int ms[] = { 1, 4, 5, 10, 20, 100 };
	u64 a, took; int i, k; long left;
	for (k = 0; k < 10; k++)
		for (i = 0; i < ARRAY_SIZE(ms); i++) {
			udelay(137 * k);
			a = ktime_get_ns(); msleep(ms[i]); took = ktime_get_ns() - a;
			CHECK(took >= (msecs_to_jiffies(ms[i]) + 1) * 4000000ull);
			CHECK(took < (msecs_to_jiffies(ms[i]) + 2) * 4000000ull + 50000);
		}
	for (k = 1; k < 30; k += 3) {
		a = ktime_get_ns(); usleep_range(100 * k, 150 * k); took = ktime_get_ns() - a;
		CHECK(took >= 100000ull * k); CHECK(took <= 150000ull * k + 10000);
	}
	a = jiffies; left = schedule_timeout_uninterruptible(7); SAME(left, 0); CHECK(jiffies - a >= 7);
	a = ktime_get_ns(); fsleep(5); took = ktime_get_ns() - a; CHECK(took >= 5000); CHECK(took < 6000);
	a = ktime_get_ns(); ssleep(1); took = ktime_get_ns() - a; CHECK(took >= 1000000000); CHECK(took < 1040000000);
}
)");
}

BOOST_AUTO_TEST_CASE(an_idle_cpu_has_no_tick_and_a_busy_one_has_250_a_second) {
    in_kernel(R"(
#include <linux/tick.h>
static unsigned ticks(int cpu)
{
	return kstat_cpu(cpu).softirqs[TIMER_SOFTIRQ] + kstat_cpu(cpu).softirqs[SCHED_SOFTIRQ];
}
static int stop, jiffies_seen;
static int busy(void *arg) { unsigned long j = jiffies; while (!READ_ONCE(stop)) { udelay(100); if (jiffies != j) { jiffies_seen++; j = jiffies; } } return 0; }
static void test(void)
{
	struct task_struct *t;
	unsigned before, idle;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	msleep(100);
	before = ticks(3);
	ssleep(10);
	idle = ticks(3) - before;
	CHECK(idle < 20);
	t = thread_on(2, busy, NULL, "busy");
	wake_up_process(t);
	ssleep(1);
	stop = 1;
	CHECK(jiffies_seen >= 250); CHECK(jiffies_seen <= 265);
}
)");
}

// The time of the processor, so that what else runs on the machine does not count.
BOOST_AUTO_TEST_CASE(three_hundred_idle_seconds_take_less_than_one) {
    simulation s;
    rusage before{}, after{};
    getrusage(RUSAGE_CHILDREN, &before);
    const outcome r = s.run_plain({"--for", "300s", "--append", "quiet"});
    getrusage(RUSAGE_CHILDREN, &after);
    BOOST_TEST(r.status == 0, r.err);
    const auto seconds = [](const rusage &u) {
        return double(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * double(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
    };
    BOOST_TEST(seconds(after) - seconds(before) < 1.0);
    BOOST_TEST_MESSAGE("300 idle seconds: " << seconds(after) - seconds(before) << " s of CPU time");
}
