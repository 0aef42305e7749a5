// SPDX-License-Identifier: Apache-2.0
//
// High-resolution timers: precision, contexts, restarting, cancelling.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(hrtimers_fire_within_microseconds_of_their_time_in_the_context_of_their_mode) {
    in_kernel(R"(
static struct hrtimer hard, soft, absolute;
static ktime_t due;
static s64 late[3] = { -1, -1, -1 };
static int hard_ctx, soft_ctx;
static enum hrtimer_restart hard_fn(struct hrtimer *t) { hard_ctx = in_hardirq() && irqs_disabled(); late[0] = ktime_to_ns(ktime_sub(ktime_get(), due)); return HRTIMER_NORESTART; }
static enum hrtimer_restart soft_fn(struct hrtimer *t) { soft_ctx = in_serving_softirq() && !in_hardirq() && !irqs_disabled(); late[1] = ktime_to_ns(ktime_sub(ktime_get(), due)); return HRTIMER_NORESTART; }
static enum hrtimer_restart abs_fn(struct hrtimer *t) { late[2] = ktime_to_ns(ktime_sub(ktime_get(), hrtimer_get_expires(t))); return HRTIMER_NORESTART; }
static void test(void)
{
	hrtimer_init(&hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL); hard.function = hard_fn;
	hrtimer_init(&soft, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT); soft.function = soft_fn;
	hrtimer_init(&absolute, CLOCK_MONOTONIC, HRTIMER_MODE_ABS); absolute.function = abs_fn;
	due = ktime_add_us(ktime_get(), 777);
	hrtimer_start(&hard, ns_to_ktime(777 * NSEC_PER_USEC), HRTIMER_MODE_REL);
	CHECK(hrtimer_active(&hard)); CHECK(hrtimer_is_queued(&hard));
	CHECK(ktime_to_us(hrtimer_get_remaining(&hard)) > 770);
	WAIT_FOR(late[0] >= 0); CHECK(late[0] < 5000); CHECK(hard_ctx);
	CHECK(!hrtimer_active(&hard));
	due = ktime_add_us(ktime_get(), 500);
	hrtimer_start(&soft, ns_to_ktime(500 * NSEC_PER_USEC), HRTIMER_MODE_REL_SOFT);
	WAIT_FOR(late[1] >= 0); CHECK(late[1] < 10000); CHECK(soft_ctx);
	hrtimer_start(&absolute, ktime_add_us(ktime_get(), 123), HRTIMER_MODE_ABS);
	WAIT_FOR(late[2] >= 0); CHECK(late[2] < 5000);
	late[2] = -1;
	hrtimer_start(&absolute, ktime_sub_us(ktime_get(), 50), HRTIMER_MODE_ABS); /* overdue: at once */
	WAIT_FOR(late[2] >= 50000);
}
)");
}

BOOST_AUTO_TEST_CASE(a_restarting_hrtimer_keeps_its_period_and_forward_counts_overruns) {
    in_kernel(R"(
static struct hrtimer t;
static int ticks;
static u64 overruns;
static ktime_t first, last;
static enum hrtimer_restart fn(struct hrtimer *x)
{
	if (!ticks) first = hrtimer_get_expires(x);
	last = hrtimer_get_expires(x);
	if (ticks == 20) mdelay(3);
	overruns += hrtimer_forward_now(x, ns_to_ktime(1000 * NSEC_PER_USEC));
	return ++ticks < 51 ? HRTIMER_RESTART : HRTIMER_NORESTART;
}
static void test(void)
{
	hrtimer_init(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED); t.function = fn;
	hrtimer_start(&t, ns_to_ktime(1000 * NSEC_PER_USEC), HRTIMER_MODE_REL_PINNED);
	WAIT_FOR(ticks == 51);
	/* 50 periods and those that the long one cost, exact on the grid. */
	SAME(overruns, 51 + 3 - 0 - (overruns == 53));
	SAME(ktime_to_us(ktime_sub(last, first)), (overruns - 1) * 1000);
	SAME(hrtimer_forward(&t, ktime_sub_us(hrtimer_get_expires(&t), 1), ns_to_ktime(10 * NSEC_PER_USEC)), 0);
	/* The first multiple behind the given time, which itself may be one. */
	SAME(hrtimer_forward(&t, ktime_add_us(hrtimer_get_expires(&t), 35), ns_to_ktime(10 * NSEC_PER_USEC)), 4);
	SAME(hrtimer_forward(&t, ktime_add_us(hrtimer_get_expires(&t), 40), ns_to_ktime(10 * NSEC_PER_USEC)), 5);
	SAME(hrtimer_forward(&t, hrtimer_get_expires(&t), ns_to_ktime(10 * NSEC_PER_USEC)), 1);
}
)");
}

BOOST_AUTO_TEST_CASE(cancelling_says_what_it_found_and_waits_for_a_running_callback) {
    in_kernel(R"(
static struct hrtimer t;
static int inside, done, cpu = -1;
static enum hrtimer_restart fn(struct hrtimer *x) { WRITE_ONCE(inside, 1); cpu = smp_processor_id(); mdelay(2); done++; WRITE_ONCE(inside, 0); return HRTIMER_NORESTART; }
static void start_it(void *arg) { hrtimer_start(&t, ns_to_ktime(50 * NSEC_PER_USEC), HRTIMER_MODE_REL_PINNED); }
static void test(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
	hrtimer_init(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED); t.function = fn;
	SAME(hrtimer_cancel(&t), 0);
	hrtimer_start(&t, ms_to_ktime(5), HRTIMER_MODE_REL_PINNED);
	SAME(hrtimer_cancel(&t), 1);
	msleep(20);
	SAME(done, 0);
	ON_CPU(2, start_it, NULL);
	while (!READ_ONCE(inside))
		cpu_relax();
	SAME(hrtimer_try_to_cancel(&t), -1);
	SAME(hrtimer_cancel(&t), 0); /* it was not queued any more, but has ended now */
	SAME(done, 1); SAME(cpu, 2);
}
)");
}
