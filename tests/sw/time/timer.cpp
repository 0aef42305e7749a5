// SPDX-License-Identifier: Apache-2.0
//
// The timer wheel: when timers fire, what the functions give, where and in which context callbacks run.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

// The documented granularity at HZ=250 (Linux, kernel/time/timer.c): level 0 one tick up to 63, then eight times as
// coarse at each level. A timer never fires early, late by at most one step of its level (and the tick that is under
// way), and only at multiples of the step.
BOOST_AUTO_TEST_CASE(a_timer_fires_at_its_levels_step_after_its_expiry_never_before) {
    in_kernel(R"(
static const unsigned long deltas[] = { 0, 1, 2, 3, 10, 40, 60, 66, 100, 300, 480, 520, 1000, 3000, 3900, 4100, 5000, 20000 };
#define N ARRAY_SIZE(deltas)
static struct timer_list timers[N];
static unsigned long expires[N], fired[N];
static int left = N;
static void fn(struct timer_list *t) { fired[t - timers] = jiffies; left--; }
static void test(void)
{
	unsigned long base;
	int i;
	msleep(20);
	base = jiffies;
	for (i = 0; i < N; i++) {
		timer_setup(&timers[i], fn, 0);
		expires[i] = base + deltas[i];
		SAME(mod_timer(&timers[i], expires[i]), 0);
	}
	ssleep(100);
	SAME(left, 0);
	for (i = 0; i < N; i++) {
		unsigned long d = deltas[i], step = d < 63 ? 1 : d < 504 ? 8 : d < 4032 ? 64 : 512;
		long late = fired[i] - expires[i];
		if (late < 0 || late > (long)step || fired[i] % step)
			pr_err("FAILED line 0: delta %lu fired %ld ticks late, step %lu\n", d, late, step);
		if (d && late == 0 && step == 1)
			pr_err("FAILED line 0: delta %lu fired within its own tick\n", d);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(timers_pass_the_wrap_of_jiffies_five_minutes_after_boot) {
    in_kernel(R"(
static struct timer_list t;
static unsigned long at;
static void fn(struct timer_list *x) { at = jiffies; }
static void test(void)
{
	unsigned long start = jiffies, expires;
	SAME(HZ, 250);
	SAME((u32)INITIAL_JIFFIES, 4294892296u);
	CHECK((u32)start > 4294892296u - 1); /* the low half is about to wrap */
	timer_setup(&t, fn, 0);
	expires = start + 301 * HZ;
	mod_timer(&t, expires);
	/* Longer in one go would be a hung task. */
	ssleep(110); ssleep(110); ssleep(110);
	CHECK((u32)jiffies < 100 * HZ);
	CHECK(at && time_after_eq(at, expires)); CHECK(at - expires <= 4096);
	CHECK(time_after(jiffies, start)); CHECK(time_before(start, jiffies));
	CHECK(time_after((unsigned long)5, (unsigned long)-5)); CHECK(time_in_range(jiffies, start, jiffies));
}
)");
}

BOOST_AUTO_TEST_CASE(the_functions_say_whether_the_timer_was_pending) {
    in_kernel(R"(
static struct timer_list t;
static int fired;
static unsigned long when;
static void fn(struct timer_list *x) { CHECK(x == &t); fired++; when = jiffies; }
static void test(void)
{
	unsigned long base = jiffies;
	timer_setup(&t, fn, 0);
	CHECK(!timer_pending(&t));
	SAME(del_timer(&t), 0); SAME(del_timer_sync(&t), 0);
	SAME(mod_timer_pending(&t, base + 5), 0); CHECK(!timer_pending(&t));
	SAME(mod_timer(&t, base + 50), 0); CHECK(timer_pending(&t));
	SAME(mod_timer(&t, base + 40), 1); SAME(mod_timer(&t, base + 40), 1); SAME(t.expires, base + 40);
	SAME(mod_timer_pending(&t, base + 45), 1); SAME(t.expires, base + 45);
	SAME(timer_reduce(&t, base + 60), 1); SAME(t.expires, base + 45);
	SAME(timer_reduce(&t, base + 10), 1); SAME(t.expires, base + 10);
	SAME(del_timer(&t), 1); CHECK(!timer_pending(&t));
	msleep(100);
	SAME(fired, 0);
	SAME(timer_reduce(&t, jiffies + 2), 0);
	SAME(try_to_del_timer_sync(&t), 1); SAME(try_to_del_timer_sync(&t), 0);
	t.expires = jiffies + 3;
	add_timer(&t);
	msleep(40);
	SAME(fired, 1); CHECK(!timer_pending(&t));
}
)");
}

BOOST_AUTO_TEST_CASE(a_callback_runs_in_softirq_on_the_cpu_it_was_put_on_irqsafe_ones_with_interrupts_off) {
    in_kernel(R"(
static struct timer_list t, safe;
static int cpu = -1, serving, off, safe_off = -1;
static void fn(struct timer_list *x) { serving = !!in_serving_softirq(); off = irqs_disabled(); cpu = smp_processor_id(); }
static void safe_fn(struct timer_list *x) { safe_off = !!irqs_disabled(); }
static void test(void)
{
	int i;
	timer_setup(&t, fn, TIMER_PINNED);
	timer_setup(&safe, safe_fn, TIMER_IRQSAFE);
	for (i = 0; i < 4; i++) {
		cpu = -1;
		t.expires = jiffies + 1;
		add_timer_on(&t, i);
		WAIT_FOR(cpu >= 0);
		SAME(cpu, i); SAME(serving, 1); SAME(off, 0);
	}
	mod_timer(&safe, jiffies + 1);
	WAIT_FOR(safe_off >= 0);
	SAME(safe_off, 1);
}
)");
}

BOOST_AUTO_TEST_CASE(deleting_in_step_waits_for_the_callback_and_deleting_does_not) {
    in_kernel(R"(
static struct timer_list t;
static int inside, done;
static void fn(struct timer_list *x) { WRITE_ONCE(inside, 1); mdelay(3); done++; WRITE_ONCE(inside, 0); }
static void start(void)
{
	t.expires = jiffies + 1;
	add_timer_on(&t, 2);
	while (!READ_ONCE(inside))
		cpu_relax();
}
static void test(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
	timer_setup(&t, fn, 0);
	start();
	SAME(del_timer(&t), 0); SAME(READ_ONCE(inside), 1);
	SAME(try_to_del_timer_sync(&t), -1);
	SAME(del_timer_sync(&t), 0); SAME(inside, 0); SAME(done, 1);
}
)");
}

BOOST_AUTO_TEST_CASE(a_deferrable_timer_does_not_wake_an_idle_cpu) {
    in_kernel(R"(
static struct timer_list lazy, strict;
static unsigned long lazy_at, strict_at;
static void lazy_fn(struct timer_list *x) { lazy_at = jiffies; }
static void strict_fn(struct timer_list *x) { strict_at = jiffies; }
static void test(void)
{
	unsigned long base;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	timer_setup(&lazy, lazy_fn, TIMER_DEFERRABLE | TIMER_PINNED);
	timer_setup(&strict, strict_fn, TIMER_PINNED);
	msleep(50);
	base = jiffies;
	lazy.expires = base + 5;
	add_timer_on(&lazy, 3);
	strict.expires = base + 50;
	add_timer_on(&strict, 3);
	msleep(400);
	CHECK(strict_at && strict_at - base >= 50); CHECK(strict_at - base < 55);
	CHECK(lazy_at && lazy_at - base >= 45); /* with the one that does wake it */
}
)");
}

BOOST_AUTO_TEST_CASE(misuse_of_timers_is_reported) {
    outcome r = in_kernel(R"(
static struct timer_list t;
static void fn(struct timer_list *x) { }
static void test(void) { timer_setup(&t, fn, 0); t.expires = jiffies + 100; add_timer(&t); add_timer(&t); del_timer_sync(&t); }
)",
                          {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("WARNING: CPU: ") == 1u, r.out);
    r = in_kernel(R"(
static struct timer_list t;
static int ran;
static void fn(struct timer_list *x) { preempt_disable(); ran = 1; }
static void test(void) { timer_setup(&t, fn, 0); mod_timer(&t, jiffies + 1); WAIT_FOR(ran); SAME(preempt_count(), 0); }
)",
                  {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said(" preempt leak: ") == 1u, r.out);
    r = in_kernel("static void test(void) { set_current_state(TASK_INTERRUPTIBLE); SAME(schedule_timeout(-5), 0); "
                  "SAME(current->__state, TASK_RUNNING); }",
                  {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("schedule_timeout: wrong timeout value fffffffffffffffb") == 1u, r.out);
}
