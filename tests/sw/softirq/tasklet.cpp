// SPDX-License-Identifier: Apache-2.0
//
// Tasklets: both styles, once per schedule, never on two CPUs, disable, enable and kill.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(killing_a_disabled_tasklet_is_reported_after_a_second_and_ends_when_it_is_enabled) {
    const outcome r = in_kernel(R"(
static int runs;
static void fn(struct tasklet_struct *t) { runs++; }
static DECLARE_TASKLET(t, fn);
static int enabler(void *unused) { msleep(3000); tasklet_enable(&t); return 0; }
static void test(void)
{
	unsigned long start = jiffies;
	tasklet_disable(&t);
	tasklet_schedule(&t);
	kthread_run(enabler, NULL, "enabler");
	tasklet_kill(&t);
	SAME(runs, 1);
	CHECK(time_before(jiffies, start + 4 * HZ));
}
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("tasklet fn ") == 1u, r.out);
    BOOST_TEST(r.said("is killed while it is scheduled and disabled") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(every_style_of_declaration_gets_its_argument) {
    in_kernel(R"(
static struct tasklet_struct *got_callback;
static unsigned long got[4];
static int runs;
struct device_like { int before; struct tasklet_struct t; };
static struct device_like dev;
static struct device_like *got_dev;
static void callback(struct tasklet_struct *t) { got_callback = t; runs++; }
static void embedded(struct tasklet_struct *t) { struct device_like *d = from_tasklet(d, t, t); got_dev = d; runs++; }
static void old0(unsigned long data) { got[0] = data + 1; runs++; }
static void old1(unsigned long data) { got[1] = data; runs++; }
static void old2(unsigned long data) { got[2] = data; runs++; }
static void old3(unsigned long data) { got[3] = data; runs++; }
static DECLARE_TASKLET(two, callback);
static DECLARE_TASKLET_OLD(old, old0);
static DECLARE_TASKLET(three, old1, 0x1234);
static DECLARE_TASKLET_DISABLED(three_off, old3, 77);
static struct tasklet_struct initialised;
static void test(void)
{
	tasklet_setup(&dev.t, embedded);
	tasklet_init(&initialised, old2, 99);
	local_bh_disable();
	tasklet_schedule(&two); tasklet_schedule(&old); tasklet_schedule(&three); tasklet_schedule(&three_off);
	tasklet_schedule(&dev.t); tasklet_schedule(&initialised);
	local_bh_enable();
	SAME(runs, 5);
	CHECK(got_callback == &two); SAME(got[0], 1); SAME(got[1], 0x1234); SAME(got[2], 99); SAME(got[3], 0);
	CHECK(got_dev == &dev);
	tasklet_enable(&three_off);
	WAIT_FOR(runs == 6);
	SAME(got[3], 77);
}
)");
}

BOOST_AUTO_TEST_CASE(scheduled_twice_before_it_runs_it_runs_once_and_scheduled_while_it_runs_once_more) {
    in_kernel(R"(
static int runs, again;
static void fn(struct tasklet_struct *t)
{
	/* SCHED is clear by now, RUN is set. */
	SAME(test_bit(TASKLET_STATE_SCHED, &t->state), 0);
	SAME(test_bit(TASKLET_STATE_RUN, &t->state), 1);
	if (again) { again--; tasklet_schedule(t); tasklet_schedule(t); }
	runs++;
}
static DECLARE_TASKLET(t, fn);
static void test(void)
{
	local_bh_disable();
	tasklet_schedule(&t); tasklet_schedule(&t); tasklet_schedule(&t);
	SAME(test_bit(TASKLET_STATE_SCHED, &t.state), 1);
	local_bh_enable();
	SAME(runs, 1);
	runs = 0; again = 2;
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	WAIT_FOR(runs == 3);
	msleep(20);
	SAME(runs, 3);
	SAME(t.state, 0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_tasklet_runs_in_softirq_context_on_the_cpu_that_scheduled_it) {
    in_kernel(R"(
static int cpu, serving, off, task;
static void fn(struct tasklet_struct *t) { serving = !!in_serving_softirq(); off = irqs_disabled(); task = !!in_task(); WRITE_ONCE(cpu, smp_processor_id()); }
static DECLARE_TASKLET(t, fn);
static void schedule_it(void *hi) { if (hi) tasklet_hi_schedule(&t); else tasklet_schedule(&t); }
static void test(void)
{
	int i;
	for (i = 0; i < 8; i++) {
		preempt_disable();
		cpu = -1;
		if (i % 4 == smp_processor_id()) {
			local_bh_disable(); schedule_it(i < 4 ? NULL : &t); local_bh_enable();
		} else {
			ON_CPU(i % 4, schedule_it, i < 4 ? NULL : &t);
			udelay(20);
		}
		preempt_enable();
		SAME(cpu, i % 4); SAME(serving, 1); SAME(off, 0); SAME(task, 0);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(high_ones_come_first_and_each_list_keeps_its_order) {
    in_kernel(R"(
static int order[6], n;
static void fn(unsigned long data) { order[n++] = data; }
static DECLARE_TASKLET(a, fn, 1);
static DECLARE_TASKLET(b, fn, 2);
static DECLARE_TASKLET(c, fn, 3);
static DECLARE_TASKLET(d, fn, 4);
static void test(void)
{
	local_bh_disable();
	tasklet_schedule(&b); tasklet_schedule(&a); tasklet_hi_schedule(&d); tasklet_hi_schedule(&c);
	local_bh_enable();
	SAME(n, 4); SAME(order[0], 4); SAME(order[1], 3); SAME(order[2], 2); SAME(order[3], 1);
}
)");
}

BOOST_AUTO_TEST_CASE(a_disabled_tasklet_stays_queued_until_it_is_enabled_as_often) {
    in_kernel(R"(
static int runs;
static void fn(struct tasklet_struct *t) { runs++; }
static DECLARE_TASKLET_DISABLED(t, fn);
static void test(void)
{
	SAME(atomic_read(&t.count), 1);
	tasklet_disable(&t);
	tasklet_disable_nosync(&t);
	SAME(atomic_read(&t.count), 3);
	tasklet_schedule(&t);
	msleep(20);
	SAME(runs, 0);
	tasklet_enable(&t); tasklet_enable(&t);
	msleep(20);
	SAME(runs, 0);
	SAME(test_bit(TASKLET_STATE_SCHED, &t.state), 1);
	tasklet_enable(&t);
	msleep(20);
	SAME(runs, 1);
}
)");
}

BOOST_AUTO_TEST_CASE(disable_waits_for_the_one_that_runs_and_the_other_forms_as_they_say) {
    in_kernel(R"(
static int in_fn, done;
static void fn(struct tasklet_struct *t) { WRITE_ONCE(in_fn, 1); mdelay(3); WRITE_ONCE(in_fn, 0); done++; }
static DECLARE_TASKLET(t, fn);
static void schedule_it(void *arg) { tasklet_schedule(&t); }
static void start(void)
{
	in_fn = 0;
	ON_CPU(2, schedule_it, NULL);
	while (!READ_ONCE(in_fn))
		cpu_relax();
}
static void test(void)
{
	struct task_struct *me = current;
	u64 begin;
	set_cpus_allowed_ptr(me, cpumask_of(0));
	start();
	tasklet_disable_nosync(&t);
	SAME(READ_ONCE(in_fn), 1);
	tasklet_enable(&t);
	WAIT_FOR(!in_fn);
	start();
	begin = ktime_get_ns();
	tasklet_disable(&t);
	SAME(READ_ONCE(in_fn), 0); SAME(done, 2);
	begin = ktime_get_ns() - begin;
	pr_info("waited=%lld\n", begin);
	CHECK(begin > 2500000);
	tasklet_enable(&t);
	start();
	preempt_disable();
	tasklet_disable_in_atomic(&t);
	SAME(READ_ONCE(in_fn), 0); SAME(done, 3);
	preempt_enable();
	tasklet_enable(&t);
	SAME(atomic_read(&t.count), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(kill_waits_until_it_has_run_and_it_may_be_scheduled_again) {
    in_kernel(R"(
static int runs, in_fn;
static void fn(struct tasklet_struct *t) { WRITE_ONCE(in_fn, 1); mdelay(2); runs++; WRITE_ONCE(in_fn, 0); }
static DECLARE_TASKLET(t, fn);
static void schedule_it(void *arg) { tasklet_schedule(&t); }
static void test(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
	tasklet_kill(&t);
	SAME(runs, 0);
	/* Running elsewhere. */
	ON_CPU(1, schedule_it, NULL);
	while (!READ_ONCE(in_fn))
		cpu_relax();
	tasklet_kill(&t);
	SAME(runs, 1); SAME(in_fn, 0); SAME(t.state, 0);
	/* Scheduled, but not begun: ksoftirqd has it. */
	tasklet_schedule(&t);
	tasklet_kill(&t);
	SAME(runs, 2); SAME(t.state, 0);
	/* Running, and scheduled once more. */
	ON_CPU(1, schedule_it, NULL);
	while (!READ_ONCE(in_fn))
		cpu_relax();
	ON_CPU(1, schedule_it, NULL);
	tasklet_kill(&t);
	SAME(runs, 4); SAME(t.state, 0);
	/* Usable again. */
	ON_CPU(1, schedule_it, NULL);
	WAIT_FOR(runs == 5);
}
)");
}

BOOST_AUTO_TEST_CASE(killing_in_an_interrupt_is_noted) {
    const outcome r = in_kernel(R"(
static void fn(struct tasklet_struct *t) { }
static DECLARE_TASKLET(t, fn);
static void kill_it(void *arg) { tasklet_kill(&t); }
static void test(void) { ON_CPU(1, kill_it, NULL); }
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("softirq: Attempt to kill tasklet from interrupt\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_tasklet_whose_scheduled_bit_was_lost_is_reported_and_not_run) {
    const outcome r = in_kernel(R"(
static int runs;
static void fn(struct tasklet_struct *t) { runs++; }
static DECLARE_TASKLET(t, fn);
static void test(void)
{
	local_bh_disable();
	tasklet_schedule(&t);
	clear_bit(TASKLET_STATE_SCHED, &t.state);
	local_bh_enable();
	SAME(runs, 0);
}
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("tasklet SCHED state not set: callback fn") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(one_tasklet_never_runs_on_two_cpus_while_two_tasklets_do) {
    in_kernel(R"(
static atomic_t inside = ATOMIC_INIT(0), both = ATOMIC_INIT(0);
static int runs[4], other_saw;
static void fn(struct tasklet_struct *t)
{
	SAME(atomic_inc_return(&inside), 1);
	mdelay(2);
	atomic_dec(&inside);
	runs[smp_processor_id()]++;
}
static void other_fn(struct tasklet_struct *t) { other_saw = atomic_read(&inside); }
static DECLARE_TASKLET(t, fn);
static DECLARE_TASKLET(other, other_fn);
static void schedule_it(void *arg) { tasklet_schedule(arg); }
static void test(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
	ON_CPU(1, schedule_it, &t);
	udelay(100);
	ON_CPU(2, schedule_it, &t); /* cannot yet: goes round on CPU 2 until it can */
	udelay(100);
	SAME(runs[2], 0);
	ON_CPU(3, schedule_it, &other);
	udelay(100);
	SAME(other_saw, 1);
	mdelay(6);
	SAME(runs[1], 1); SAME(runs[2], 1);
	(void)both;
}
)");
}

// Requests are counted before each schedule, and read when the function begins: the one that found the
// tasklet scheduled already is served by a run that begins later. Kill excludes schedule and disable, so that the
// account must close when it returns.
BOOST_AUTO_TEST_CASE(random_operations_from_four_cpus_keep_the_invariants) {
    const char *operations = std::getenv("TASKLET_OPERATIONS"); // for each seed; 50000 and 20 make a million
    const char *seeds = std::getenv("TASKLET_SEEDS");
    const std::string count = operations ? operations : "4000";
    long long side_by_side = 0;
    for (int seed = 1; seed <= std::atoi(seeds ? seeds : "2"); ++seed) {
        BOOST_TEST_CONTEXT("--seed " << seed << ", " << count << " operations") {
            const outcome r = in_kernel("static int operations = " + count +
                                            ";\nstatic u32 seed = " + std::to_string(seed) + ";\n" + R"(
#define TASKLETS 6
struct subject {
	struct tasklet_struct t;
	struct rw_semaphore busy;           /* write: being killed */
	atomic_t requests, running, disabled; /* disabled: by those for whom tasklet_disable has returned */
	int served, runs;
};
static struct subject subjects[TASKLETS];
static atomic_t running_in_all = ATOMIC_INIT(0), left = ATOMIC_INIT(4), faults = ATOMIC_INIT(0);
static int most_in_all, schedules, disables, kills;
#define MUST(c) do { if (!(c) && atomic_inc_return(&faults) < 10) pr_err("FAILED line %d: %s\n", __LINE__, #c); } while (0)
static void fn(struct tasklet_struct *t)
{
	struct subject *s = from_tasklet(s, t, t);
	int together = atomic_inc_return(&running_in_all);
	MUST(atomic_inc_return(&s->running) == 1);
	MUST(atomic_read(&s->disabled) == 0);
	MUST(in_serving_softirq());
	s->served = atomic_read(&s->requests);
	if (together > most_in_all)
		most_in_all = together;
	udelay(1 + s->served % 5);
	MUST(atomic_read(&s->disabled) == 0);
	s->runs++;
	MUST(atomic_dec_return(&s->running) == 0);
	atomic_dec(&running_in_all);
	/* From softirq context too; not where kill has set the bit and takes what comes for done. */
	if (s->served % 7 == 0 && !test_and_set_bit(TASKLET_STATE_SCHED, &t->state)) {
		atomic_inc(&s->requests);
		__tasklet_schedule(t);
	}
}
static void schedule_one(void *arg)
{
	struct subject *s = arg;
	atomic_inc(&s->requests);
	if (atomic_read(&s->requests) & 8) tasklet_hi_schedule(&s->t); else tasklet_schedule(&s->t);
}
static u32 next(u32 *state)
{
	*state ^= *state << 13; *state ^= *state >> 17; *state ^= *state << 5;
	return *state;
}
static int operator(void *arg)
{
	int cpu = smp_processor_id(), i;
	u32 r, state = seed * 2654435761u + cpu * 40503u + 1;
	for (i = 0; i < operations / 4; i++) {
		struct subject *s = &subjects[next(&state) % TASKLETS];
		r = next(&state) % 100;
		if (r < 4) {
			down_write(&s->busy);
			tasklet_kill(&s->t);
			MUST(s->t.state == 0);
			MUST(s->served == atomic_read(&s->requests));
			up_write(&s->busy);
			kills++;
			continue;
		}
		if (!down_read_trylock(&s->busy))
			continue;
		if (r < 70) {
			schedule_one(s);
			schedules++;
		} else if (r < 85) {
			smp_call_function_single(next(&state) % 4, schedule_one, s, 1);
			schedules++;
		} else {
			if (r & 1)
				tasklet_disable(&s->t);
			else {
				preempt_disable();
				tasklet_disable_in_atomic(&s->t);
				preempt_enable();
			}
			MUST(atomic_read(&s->running) == 0);
			atomic_inc(&s->disabled);
			udelay(next(&state) % 4);
			atomic_dec(&s->disabled);
			tasklet_enable(&s->t);
			disables++;
		}
		up_read(&s->busy);
		if (r % 8 == 0)
			udelay(next(&state) % 20);
	}
	atomic_dec(&left);
	return 0;
}
static void test(void)
{
	int i;
	for (i = 0; i < TASKLETS; i++) {
		tasklet_setup(&subjects[i].t, fn);
		init_rwsem(&subjects[i].busy);
	}
	for (i = 0; i < 4; i++)
		wake_up_process(thread_on(i, operator, NULL, "operator"));
	while (atomic_read(&left))
		msleep(20);
	for (i = 0; i < TASKLETS; i++) {
		struct subject *s = &subjects[i];
		tasklet_kill(&s->t);
		SAME(s->served, atomic_read(&s->requests));
		SAME(atomic_read(&s->running), 0);
		CHECK(s->runs <= s->served); /* at most one for each request */
		CHECK(s->runs > 0);
	}
	pr_info("schedules=%d disables=%d kills=%d together=%d\n", schedules, disables, kills, most_in_all);
}
)",
                                        {{"--for", "1ms", "--seed", std::to_string(seed)}});
            side_by_side = std::max(side_by_side, r.number("together"));
            BOOST_TEST_MESSAGE("seed " << seed << ": schedules " << r.number("schedules") << ", disables "
                                       << r.number("disables") << ", kills " << r.number("kills"));
        }
    }
    BOOST_TEST(side_by_side >= 2);
}
