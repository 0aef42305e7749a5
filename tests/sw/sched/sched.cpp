// SPDX-License-Identifier: Apache-2.0
//
// Who runs when and where: fair tasks by weight, FIFO and RR by priority, placement, affinity, preemption models.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace rk3568::test;

namespace {

// Threads that count how often they get through 20 us of work.
const std::string workers = R"(
static long long turns[4];
static int stop;
static int worker(void *arg)
{
	long long *n = arg;
	while (!READ_ONCE(stop)) { udelay(20); ++*n; }
	return 0;
}
)";

} // namespace

// The weights are sched_prio_to_weight's: nice -5 3121, 0 1024, 5 335.
BOOST_AUTO_TEST_CASE(nice_levels_share_a_cpu_by_their_weights_within_two_percent_over_ten_seconds) {
    const outcome r = in_kernel(workers + R"(
static void test(void)
{
	static const int nice[3] = { -5, 0, 5 };
	struct task_struct *t[3];
	int i;
	for (i = 0; i < 3; i++) {
		t[i] = thread_on(2, worker, &turns[i], "worker");
		set_user_nice(t[i], nice[i]);
		SAME(task_nice(t[i]), nice[i]);
	}
	for (i = 0; i < 3; i++)
		wake_up_process(t[i]);
	msleep(10000);
	stop = 1;
	for (i = 0; i < 3; i++)
		kthread_stop(t[i]);
	pr_info("a=%lld b=%lld c=%lld\n", turns[0], turns[1], turns[2]);
}
)");
    const double counts[] = {double(r.number("a")), double(r.number("b")), double(r.number("c"))};
    const double weights[] = {3121, 1024, 335};
    const double sum = counts[0] + counts[1] + counts[2], weight = 3121 + 1024 + 335;
    BOOST_TEST(sum > 480000.0); // 10 s of a CPU
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(std::fabs(counts[i] / sum / (weights[i] / weight) - 1) < 0.02,
                   "share " << counts[i] / sum << ", expected " << weights[i] / weight);
}

BOOST_AUTO_TEST_CASE(round_robin_tasks_take_turns_of_a_hundred_milliseconds_and_leave_a_twentieth) {
    const outcome r = in_kernel(workers + R"(
#include <uapi/linux/sched/types.h>
static int set_policy(struct task_struct *t, int policy, int priority)
{
	struct sched_attr a = { .size = sizeof(a), .sched_policy = policy, .sched_priority = priority };

	return sched_setattr_nocheck(t, &a);
}
static int current_one = -1, switches;
static int rr(void *arg)
{
	long i = (long)arg;
	while (!READ_ONCE(stop)) {
		udelay(20);
		turns[i]++;
		if (current_one != i) { current_one = i; switches++; }
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t[3];
	long i;
	for (i = 0; i < 2; i++) {
		t[i] = thread_on(2, rr, (void *)i, "rr");
		SAME(set_policy(t[i], SCHED_RR, 10), 0);
	}
	t[2] = thread_on(2, worker, &turns[2], "fair");
	for (i = 0; i < 3; i++)
		wake_up_process(t[i]);
	msleep(10000);
	stop = 1;
	for (i = 0; i < 3; i++)
		kthread_stop(t[i]);
	pr_info("a=%lld b=%lld c=%lld switches=%d\n", turns[0], turns[1], turns[2], switches);
}
)");
    const double a = r.number("a"), b = r.number("b"), c = r.number("c");
    BOOST_TEST(std::fabs(a / (a + b) - 0.5) < 0.01);
    BOOST_TEST(r.number("switches") > 90); // 9.5 s in turns of 0.1 s
    BOOST_TEST(r.number("switches") < 100);
    // sched_rt_runtime_us: real-time tasks have 950 ms of each second.
    BOOST_TEST(std::fabs(c / (a + b + c) - 0.05) < 0.005);
    BOOST_TEST(r.said("sched: RT throttling activated") == 1u);
}

BOOST_AUTO_TEST_CASE(fifo_tasks_run_by_priority_and_equal_ones_wait_in_the_order_of_their_wake_up) {
    in_kernel(R"(
static int order[8], n, go;
#include <uapi/linux/sched/types.h>
static int set_policy(struct task_struct *t, int policy, int priority)
{
	struct sched_attr a = { .size = sizeof(a), .sched_policy = policy, .sched_priority = priority };

	return sched_setattr_nocheck(t, &a);
}
static int note(void *arg) { order[n++] = (long)arg; return 0; }
static int first(void *arg)
{
	struct task_struct **t = arg;
	int i;
	preempt_disable();
	for (i = 0; i < 3; i++) {
		wake_up_process(t[i]);
		CHECK(!need_resched()); /* a task that is not better is not even looked at */
	}
	wake_up_process(t[3]);
	CHECK(need_resched());
	preempt_enable();
	udelay(300);
	SAME(n, 1);		/* the better one ran at once, the equal and the lesser ones wait */
	SAME(order[0], 60);
	order[n++] = 1;
	return 0;
}
static struct task_struct *fifo(int cpu, int (*fn)(void *), void *arg, int prio)
{
	struct task_struct *t = thread_on(cpu, fn, arg, "fifo");
	SAME(set_policy(t, SCHED_FIFO, prio), 0);
	return t;
}
static void test(void)
{
	struct task_struct *t[5], *normal;
	int i;
	t[0] = fifo(2, note, (void *)40, 40);
	t[1] = fifo(2, note, (void *)50, 50);
	t[2] = fifo(2, note, (void *)51, 50);
	t[3] = fifo(2, note, (void *)60, 60);
	t[4] = fifo(2, first, t, 50);
	SAME(t[0]->rt_priority, 40); SAME(t[0]->prio, 59); SAME(t[0]->policy, SCHED_FIFO);
	wake_up_process(t[4]);
	WAIT_FOR(n == 5);
	SAME(order[1], 1); SAME(order[2], 50); SAME(order[3], 51); SAME(order[4], 40);
	for (i = 0; i < 5; i++)
		kthread_stop(t[i]);
	normal = thread_on(2, note, NULL, "normal");
	SAME(set_policy(normal, SCHED_FIFO, 100), -EINVAL);
	SAME(set_policy(normal, SCHED_FIFO, 0), -EINVAL);
	SAME(set_policy(normal, 77, 0), -EINVAL);
	sched_set_fifo(normal); SAME(normal->rt_priority, 50); SAME(normal->prio, 49);
	sched_set_fifo_low(normal); SAME(normal->rt_priority, 1);
	sched_set_normal(normal, 7); SAME(normal->policy, SCHED_NORMAL); SAME(task_nice(normal), 7);
	kthread_stop(normal);
	(void)go;
}
)");
}

BOOST_AUTO_TEST_CASE(the_slice_of_round_robin_and_the_limits_of_real_time_are_files) {
    const outcome r = in_kernel("static void test(void) {}",
                                {{"--for", "50ms", "--exec", "1ms cat /proc/sys/kernel/sched_rr_timeslice_ms", "--exec",
                                  "2ms echo 40 > /proc/sys/kernel/sched_rr_timeslice_ms", "--exec",
                                  "3ms cat /proc/sys/kernel/sched_rr_timeslice_ms", "--exec",
                                  "4ms echo 2000000 > /proc/sys/kernel/sched_rt_runtime_us", "--exec",
                                  "5ms cat /proc/sys/kernel/sched_rt_runtime_us /proc/sys/kernel/sched_rt_period_us"},
                                 1}); // the refused one
    BOOST_TEST(r.said("100\n") == 1u, r.out);
    BOOST_TEST(r.said("40\n") == 1u, r.out);
    BOOST_TEST(r.said("950000\n1000000\n") == 1u, r.out); // more than the period is refused
}

BOOST_AUTO_TEST_CASE(an_interrupt_thread_is_fifo_50_and_preempts_a_busy_fair_task_within_microseconds) {
    simulation s;
    s.module("irqthread", R"(
#include <linux/ktime.h>
static int irq, runs, cookie;
static u64 at, worst;
static struct task_struct *hog;
static irqreturn_t h(int n, void *d) { at = ktime_get_ns(); return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d)
{
	u64 took = ktime_get_ns() - at;
	if (took > worst) worst = took;
	if (!runs++) pr_info("thread: policy=%u prio=%u comm=%s\n", current->policy, current->rt_priority, current->comm);
	return IRQ_HANDLED;
}
static int busy(void *arg) { while (!kthread_should_stop()) udelay(100); return 0; }
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	hog = kthread_create(busy, NULL, "hog");
	kthread_bind(hog, 0);
	wake_up_process(hog);
	return request_threaded_irq(irq, h, t, IRQF_TRIGGER_RISING | IRQF_ONESHOT, "a_long_name_of_a_button", &cookie);
}
static void __exit m_exit(void)
{
	free_irq(irq, &cookie);
	kthread_stop(hog);
	pr_info("runs=%d worst=%lld\n", runs, worst);
}
module_init(m_init);
module_exit(m_exit);
)");
    s.file("p.stim", presses("GPIO3_A5", 50, 1000, 300));
    const outcome r = s.run({"--for", "60ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("thread: policy=1 prio=50 comm=irq/") == 1u, r.out);
    BOOST_TEST(r.number("runs") == 50);
    BOOST_TEST(r.number("worst") < 10000);
}

BOOST_AUTO_TEST_CASE(a_woken_task_goes_to_an_idle_cpu_and_a_bound_one_never_leaves) {
    in_kernel(workers + R"(
static struct completion go;
static int cpus_seen, rounds, stray, where = -1;
static u64 woken_at, took;
static int sleeper(void *arg)
{
	wait_for_completion(&go);
	took = ktime_get_ns() - woken_at;
	where = raw_smp_processor_id();
	return 0;
}
static int bound(void *arg)
{
	while (!kthread_should_stop()) {
		usleep_range(200, 300);
		cpus_seen |= 1 << raw_smp_processor_id();
		rounds++;
	}
	return 0;
}
static void test(void)
{
	struct task_struct *hog = thread_on(1, worker, &turns[0], "hog"), *t, *b;
	init_completion(&go);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	t = kthread_create(sleeper, NULL, "sleeper");
	set_cpus_allowed_ptr(t, cpumask_of(1));
	wake_up_process(t);
	msleep(10);
	set_cpus_allowed_ptr(t, cpu_possible_mask);
	SAME(task_cpu(t), 1);
	wake_up_process(hog);
	msleep(10);
	woken_at = ktime_get_ns();
	complete(&go);
	WAIT_FOR(where >= 0);
	CHECK(where == 2 || where == 3);
	CHECK(took < 20000);

	b = thread_on(1, bound, NULL, "bound");
	CHECK(b->flags & PF_NO_SETAFFINITY);
	wake_up_process(b);
	msleep(200);
	kthread_stop(b);
	SAME(cpus_seen, 1 << 1);
	CHECK(rounds > 20);
	stop = 1;
	kthread_stop(hog);
	(void)stray;
}
)");
}

BOOST_AUTO_TEST_CASE(affinity_moves_a_running_task_at_once_and_migration_can_be_disabled) {
    in_kernel(R"(
static int cpu, seen_while_disabled, done;
static int runner(void *arg)
{
	while (!kthread_should_stop()) {
		WRITE_ONCE(cpu, raw_smp_processor_id());
		udelay(5);
	}
	return 0;
}
static int pinned(void *arg)
{
	int i;
	set_cpus_allowed_ptr(current, cpumask_of(3));
	SAME(raw_smp_processor_id(), 3);
	migrate_disable();
	WRITE_ONCE(done, 1);
	for (i = 0; i < 20; i++) {
		usleep_range(100, 200); /* may sleep meanwhile */
		seen_while_disabled |= 1 << raw_smp_processor_id();
	}
	migrate_enable();
	SAME(raw_smp_processor_id(), 1);
	WRITE_ONCE(done, 2);
	return 0;
}
static void test(void)
{
	struct cpumask none;
	struct task_struct *t = kthread_run(runner, NULL, "runner"), *p;
	int i;
	for (i = 0; i < 8; i++) {
		SAME(set_cpus_allowed_ptr(t, cpumask_of(i % 4)), 0);
		udelay(50);
		SAME(READ_ONCE(cpu), i % 4);
	}
	cpumask_clear(&none);
	SAME(set_cpus_allowed_ptr(t, &none), -EINVAL);
	kthread_stop(t);
	SAME(set_cpus_allowed_ptr(current, cpumask_of(2)), 0);
	SAME(raw_smp_processor_id(), 2);
	p = kthread_run(pinned, NULL, "pinned");
	WAIT_FOR(done == 1);
	set_cpus_allowed_ptr(p, cpumask_of(1));
	WAIT_FOR(done == 2);
	SAME(seen_while_disabled, 1 << 3);
}
)");
}

BOOST_AUTO_TEST_CASE(fair_tasks_spread_over_idle_cpus_and_one_behind_a_fifo_task_is_fetched) {
    in_kernel(workers + R"(
static int fifo_up;
static int fifo_fn(void *arg) { WRITE_ONCE(fifo_up, 1); while (!READ_ONCE(stop)) udelay(50); return 0; }
static void test(void)
{
	struct task_struct *t[3], *f;
	int i, cpus = 0;
	for (i = 0; i < 3; i++)
		t[i] = kthread_run(worker, &turns[i], "w%d", i);
	msleep(50);
	for (i = 0; i < 3; i++)
		cpus |= 1 << task_cpu(t[i]);
	SAME(hweight32(cpus), 3);
	for (i = 0; i < 3; i++)
		CHECK(turns[i] > 2000);
	/* A real-time task takes the CPU of one of them: the idle fourth CPU is woken to take that one. */
	f = thread_on(task_cpu(t[0]), fifo_fn, NULL, "fifo");
	sched_set_fifo(f);
	turns[0] = 0;
	wake_up_process(f);
	msleep(100);
	CHECK(turns[0] > 3000);
	stop = 1;
	for (i = 0; i < 3; i++)
		kthread_stop(t[i]);
	kthread_stop(f);
}
)");
}

namespace {

// A task that wakes a better one on its CPU, and when that one came to run: at once, at might_sleep(), at
// cond_resched(), or when the task slept.
long long came_at(const std::string &model) {
    return in_kernel(R"(
static int phase, came = -1;
static int better(void *arg) { came = phase; return 0; }
static int plain(void *arg)
{
	wake_up_process(arg);
	udelay(5000);	/* ticks come */
	mdelay(10);
	phase = 1;
	might_sleep();
	phase = 2;
	cond_resched();
	phase = 3;
	schedule_timeout_uninterruptible(1);
	return 0;
}
static void test(void)
{
	struct task_struct *b = thread_on(2, better, NULL, "better"), *p;
	sched_set_fifo(b);
	p = thread_on(2, plain, b, "plain");
	wake_up_process(p);
	WAIT_FOR(came >= 0);
	msleep(50);
	pr_info("came=%d\n", came);
}
)",
                     {{"--for", "1ms", "--append", "preempt=" + model}})
        .number("came");
}

} // namespace

BOOST_AUTO_TEST_CASE(preempt_full_switches_at_once) {
    BOOST_TEST(came_at("full") == 0);
}
BOOST_AUTO_TEST_CASE(preempt_voluntary_switches_where_the_task_might_sleep) {
    BOOST_TEST(came_at("voluntary") == 1);
}
BOOST_AUTO_TEST_CASE(preempt_none_switches_where_the_task_offers_it) {
    BOOST_TEST(came_at("none") == 2);
}

BOOST_AUTO_TEST_CASE(preemption_is_held_off_by_a_count_and_by_masked_interrupts) {
    in_kernel(R"(
static int came;
static int better(void *arg) { came++; return 0; }
static int plain(void *arg)
{
	struct task_struct **b = arg;
	spinlock_t lock;
	spin_lock_init(&lock);
	preempt_disable();
	wake_up_process(b[0]);
	mdelay(8);
	SAME(came, 0);
	preempt_enable();
	SAME(came, 1);
	spin_lock(&lock);
	wake_up_process(b[1]);
	mdelay(8);
	SAME(came, 1);
	spin_unlock(&lock);
	SAME(came, 2);
	local_irq_disable();
	wake_up_process(b[2]);
	udelay(100);
	SAME(came, 2);
	local_irq_enable();
	/* On arm64 enabling interrupts is not a point of preemption; the next interrupt or preempt_enable is. */
	preempt_disable();
	preempt_enable();
	SAME(came, 3);
	return 0;
}
static void test(void)
{
	struct task_struct *b[3], *p;
	int i;
	for (i = 0; i < 3; i++) {
		b[i] = thread_on(2, better, NULL, "better");
		sched_set_fifo(b[i]);
	}
	p = thread_on(2, plain, b, "plain");
	wake_up_process(p);
	WAIT_FOR(came == 3);
	kthread_stop(p);
}
)");
}

BOOST_AUTO_TEST_CASE(yield_lets_an_equal_task_run_and_schedule_with_a_state_sleeps_until_woken) {
    in_kernel(R"(
static int a_turns, b_turns, stop, woke;
static int yielder(void *arg) { int *n = arg; while (!READ_ONCE(stop)) { udelay(10); ++*n; yield(); } return 0; }
static int sleeper(void *arg)
{
	set_current_state(TASK_INTERRUPTIBLE);
	schedule();
	woke++;
	return 0;
}
static void test(void)
{
	struct task_struct *a = thread_on(2, yielder, &a_turns, "a"), *b = thread_on(2, yielder, &b_turns, "b"), *s;
	wake_up_process(a); wake_up_process(b);
	msleep(100);
	stop = 1;
	CHECK(a_turns > 2000); CHECK(b_turns > 2000);
	s = kthread_run(sleeper, NULL, "sleeper");
	msleep(20);
	SAME(woke, 0);
	SAME(READ_ONCE(s->__state), TASK_INTERRUPTIBLE);
	SAME(wake_up_process(s), 1);
	WAIT_FOR(woke);
}
)");
}
