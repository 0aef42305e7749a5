// SPDX-License-Identifier: Apache-2.0
//
// Softirqs as Linux 6.1 runs them: order, context, CPU, the limits of one go, ksoftirqd and its gate, and the bits of
// preempt_count that tell contexts apart.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(vectors_run_in_the_order_of_their_numbers_whatever_the_order_they_were_raised_in) {
    in_kernel(R"(
static int order[8], n;
#define ACTION(v) static void run_##v(struct softirq_action *a) { order[n++] = v; }
ACTION(NET_TX_SOFTIRQ) ACTION(NET_RX_SOFTIRQ) ACTION(BLOCK_SOFTIRQ) ACTION(IRQ_POLL_SOFTIRQ)
static void hi(struct tasklet_struct *t) { order[n++] = HI_SOFTIRQ; }
static void lo(struct tasklet_struct *t) { order[n++] = TASKLET_SOFTIRQ; }
static DECLARE_TASKLET(hi_tasklet, hi);
static DECLARE_TASKLET(lo_tasklet, lo);
static void raise(void *arg)
{
	tasklet_schedule(&lo_tasklet);
	raise_softirq(IRQ_POLL_SOFTIRQ);
	raise_softirq(BLOCK_SOFTIRQ);
	raise_softirq(NET_RX_SOFTIRQ);
	raise_softirq(NET_TX_SOFTIRQ);
	tasklet_hi_schedule(&hi_tasklet);
	SAME(n, 0);
}
static void test(void)
{
	static const int expected[] = { HI_SOFTIRQ, NET_TX_SOFTIRQ, NET_RX_SOFTIRQ, BLOCK_SOFTIRQ, IRQ_POLL_SOFTIRQ,
					TASKLET_SOFTIRQ };
	int i;
	/* The numbers of 6.1. */
	SAME(HI_SOFTIRQ, 0); SAME(TIMER_SOFTIRQ, 1); SAME(NET_TX_SOFTIRQ, 2); SAME(NET_RX_SOFTIRQ, 3);
	SAME(BLOCK_SOFTIRQ, 4); SAME(IRQ_POLL_SOFTIRQ, 5); SAME(TASKLET_SOFTIRQ, 6); SAME(SCHED_SOFTIRQ, 7);
	SAME(HRTIMER_SOFTIRQ, 8); SAME(RCU_SOFTIRQ, 9);
	open_softirq(NET_TX_SOFTIRQ, run_NET_TX_SOFTIRQ);
	open_softirq(NET_RX_SOFTIRQ, run_NET_RX_SOFTIRQ);
	open_softirq(BLOCK_SOFTIRQ, run_BLOCK_SOFTIRQ);
	open_softirq(IRQ_POLL_SOFTIRQ, run_IRQ_POLL_SOFTIRQ);
	ON_CPU(1, raise, NULL);
	WAIT_FOR(n == 6);
	for (i = 0; i < 6; i++)
		SAME(order[i], expected[i]);
}
)");
}

BOOST_AUTO_TEST_CASE(a_softirq_raised_by_an_interrupt_runs_on_its_way_out_on_the_same_cpu_with_interrupts_enabled) {
    in_kernel(R"(
static int ran, cpu, count, off, serving, task, hard, in_irq_ran;
static void action(struct softirq_action *a)
{
	ran++; cpu = smp_processor_id(); count = preempt_count(); off = irqs_disabled();
	serving = !!in_serving_softirq(); task = !!in_task(); hard = !!in_hardirq();
}
static void raise(void *arg)
{
	raise_softirq_irqoff(TEST_SOFTIRQ);
	in_irq_ran = ran;
	SAME(preempt_count() & HARDIRQ_MASK, HARDIRQ_OFFSET);
}
static int busy(void *arg)
{
	/* Interrupted here: when it goes on, the softirq has run. */
	while (!READ_ONCE(in_irq_ran) && !READ_ONCE(ran))
		barrier();
	SAME(ran, 1);
	return 0;
}
static void test(void)
{
	int i;
	open_softirq(TEST_SOFTIRQ, action);
	for (i = 0; i < 4; i++) {
		ran = 0;
		cpu = -1;
		preempt_disable();
		if (i == smp_processor_id()) {
			or_softirq_pending(1 << TEST_SOFTIRQ);
			mdelay(10); /* a tick */
			SAME(ran, 1);
		} else {
			ON_CPU(i, raise, NULL);
			SAME(in_irq_ran, 0);
			udelay(20);
		}
		preempt_enable();
		SAME(ran, 1); SAME(cpu, i); SAME(off, 0); SAME(serving, 1); SAME(task, 0); SAME(hard, 0);
		SAME(count, SOFTIRQ_OFFSET + 1); /* the idle task's and this one's own 1 */
	}
	ran = 0;
	{
		struct task_struct *t = thread_on(2, busy, NULL, "busy");
		wake_up_process(t);
		usleep_range(100, 110);
		ON_CPU(2, raise, NULL);
		kthread_stop(t);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(bottom_halves_disabled_in_two_levels_run_when_the_outer_one_ends) {
    in_kernel(R"(
static int ran;
static void action(struct softirq_action *a) { ran++; }
static void test(void)
{
	open_softirq(TEST_SOFTIRQ, action);
	local_bh_disable();
	SAME(preempt_count(), 2 * SOFTIRQ_OFFSET);
	CHECK(in_softirq()); CHECK(!in_serving_softirq()); CHECK(in_interrupt()); CHECK(in_task()); CHECK(!irqs_disabled());
	local_bh_disable();
	SAME(preempt_count(), 4 * SOFTIRQ_OFFSET);
	raise_softirq(TEST_SOFTIRQ);
	mdelay(20); /* ticks come and go */
	SAME(ran, 0);
	local_bh_enable();
	SAME(ran, 0);
	local_bh_enable();
	SAME(ran, 1);
	SAME(preempt_count(), 0);
	/* Without running them. */
	local_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	local_irq_disable();
	_local_bh_enable();
	SAME(ran, 1);
	local_irq_enable();
	do_softirq();
	SAME(ran, 2);
}
)");
}

BOOST_AUTO_TEST_CASE(a_softirq_raised_in_a_task_is_ksoftirqds_unless_raised_without_waking_it) {
    in_kernel(R"(
static int ran, cpu;
static char comm[TASK_COMM_LEN];
static void action(struct softirq_action *a) { strscpy(comm, current->comm, sizeof(comm)); cpu = smp_processor_id(); ran++; }
static void test(void)
{
	char expected[TASK_COMM_LEN];
	open_softirq(TEST_SOFTIRQ, action);
	preempt_disable();
	snprintf(expected, sizeof(expected), "ksoftirqd/%d", smp_processor_id());
	raise_softirq(TEST_SOFTIRQ);
	SAME(ran, 0);
	preempt_enable();
	WAIT_FOR(ran);
	CHECK(!strcmp(comm, expected));

	/* Only marked: the next interrupt's way out finds it, here in this task. */
	ran = 0;
	preempt_disable();
	local_irq_disable();
	or_softirq_pending(1 << TEST_SOFTIRQ);
	SAME(!!(local_softirq_pending() & (1 << TEST_SOFTIRQ)), 1);
	local_irq_enable();
	SAME(ran, 0);
	mdelay(10);
	SAME(ran, 1);
	CHECK(!strcmp(comm, current->comm));
	preempt_enable();

	/* do_softirq runs what is pending at once. */
	ran = 0;
	local_irq_disable();
	or_softirq_pending(1 << TEST_SOFTIRQ);
	do_softirq();
	SAME(ran, 1);
	CHECK(irqs_disabled());
	local_irq_enable();
}
)");
}

BOOST_AUTO_TEST_CASE(after_ten_rounds_of_one_go_the_rest_is_ksoftirqds) {
    const outcome r = in_kernel(R"(
static int outside, inside, rounds;
static void action(struct softirq_action *a)
{
	if (!strncmp(current->comm, "ksoftirqd/", 10)) inside++; else outside++;
	if (++rounds < 25)
		raise_softirq(TEST_SOFTIRQ);
}
static void raise(void *arg) { raise_softirq(TEST_SOFTIRQ); }
static void test(void)
{
	open_softirq(TEST_SOFTIRQ, action);
	ON_CPU(2, raise, NULL);
	WAIT_FOR(rounds == 25);
	pr_info("outside=%d inside=%d\n", outside, inside);
}
)");
    BOOST_TEST(r.number("outside") == 10);
    BOOST_TEST(r.number("inside") == 15);
}

BOOST_AUTO_TEST_CASE(after_two_milliseconds_which_are_a_tick_the_rest_is_ksoftirqds) {
    const outcome r = in_kernel(R"(
static int outside, inside, rounds;
static u64 start, last;
static void action(struct softirq_action *a)
{
	if (!strncmp(current->comm, "ksoftirqd/", 10)) {
		inside++;
	} else {
		outside++;
		mdelay(1);
		last = ktime_get_ns();
	}
	if (++rounds < 10)
		raise_softirq(TEST_SOFTIRQ);
}
/* Just after a tick, so that the next one is 4 ms away; ktime has no order to jiffies before. */
static void raise(void *arg)
{
	start = ktime_get_ns();
	raise_softirq(TEST_SOFTIRQ);
}
static int keep_ticking(void *arg) { while (!kthread_should_stop()) cpu_relax(); return 0; }
static void test(void)
{
	struct task_struct *t = thread_on(3, keep_ticking, NULL, "ticks");
	unsigned long j;
	wake_up_process(t);
	msleep(10);
	open_softirq(TEST_SOFTIRQ, action);
	j = jiffies;
	while (j == jiffies)
		cpu_relax();
	ON_CPU(2, raise, NULL);
	WAIT_FOR(rounds == 10);
	kthread_stop(t);
	pr_info("outside=%d inside=%d us=%lld\n", outside, inside, (last - start) / 1000);
}
)");
    // msecs_to_jiffies(2) is one jiffy of 4 ms: rounds of 1 ms begin for as long as it has not passed.
    BOOST_TEST(r.number("outside") == 4);
    BOOST_TEST(r.number("inside") == 6);
}

BOOST_AUTO_TEST_CASE(a_task_that_wants_the_cpu_ends_the_go_after_the_round) {
    const outcome r = in_kernel(R"(
static int outside, rounds, fifo_at;
static struct task_struct *fifo;
static int fifo_fn(void *arg) { fifo_at = rounds; return 0; }
static void action(struct softirq_action *a)
{
	if (strncmp(current->comm, "ksoftirqd/", 10))
		outside++;
	if (!rounds)
		wake_up_process(fifo);
	if (++rounds < 9)
		raise_softirq(TEST_SOFTIRQ);
}
static void raise(void *arg) { raise_softirq(TEST_SOFTIRQ); }
static void test(void)
{
	fifo = thread_on(2, fifo_fn, NULL, "fifo");
	sched_set_fifo(fifo);
	open_softirq(TEST_SOFTIRQ, action);
	ON_CPU(2, raise, NULL);
	WAIT_FOR(rounds == 9);
	pr_info("outside=%d fifo_at=%d\n", outside, fifo_at);
}
)");
    BOOST_TEST(r.number("outside") == 1);
    BOOST_TEST(r.number("fifo_at") == 1);
}

BOOST_AUTO_TEST_CASE(while_ksoftirqd_is_runnable_interrupts_leave_it_all_but_tasklets) {
    in_kernel(R"(
static int ran, tasklet_ran, seen_gated, stage;
static void action(struct softirq_action *a) { ran++; }
static void tasklet_fn(struct tasklet_struct *t) { tasklet_ran++; }
static DECLARE_TASKLET(tasklet, tasklet_fn);
static void nothing(void *arg) { }
static void schedule_it(void *arg) { tasklet_schedule(&tasklet); }
/* Keeps ksoftirqd/1 from running, and with it pending. */
static int hog(void *arg)
{
	raise_softirq(TEST_SOFTIRQ);
	WRITE_ONCE(stage, 1);
	while (READ_ONCE(stage) == 1)
		cpu_relax();
	return 0;
}
static void test(void)
{
	struct task_struct *t = thread_on(1, hog, NULL, "hog");
	sched_set_fifo(t);
	open_softirq(TEST_SOFTIRQ, action);
	wake_up_process(t);
	WAIT_FOR(stage == 1);
	ON_CPU(1, nothing, NULL); /* its way out finds the softirq and leaves it */
	udelay(50);
	seen_gated = ran;
	SAME(seen_gated, 0);
	ON_CPU(1, schedule_it, NULL);
	udelay(50);
	SAME(tasklet_ran, 1);
	SAME(ran, 1); /* what is served at all is served completely */
	stage = 2;
	kthread_stop(t);
}
)");
}

BOOST_AUTO_TEST_CASE(with_threadirqs_softirqs_of_interrupts_are_ksoftirqds) {
    in_kernel(R"(
static int ran;
static char comm[TASK_COMM_LEN];
static void action(struct softirq_action *a) { strscpy(comm, current->comm, sizeof(comm)); ran++; }
static void raise(void *arg) { raise_softirq(TEST_SOFTIRQ); }
static void test(void)
{
	open_softirq(TEST_SOFTIRQ, action);
	ON_CPU(1, raise, NULL);
	WAIT_FOR(ran);
	CHECK(!strcmp(comm, "ksoftirqd/1"));
}
)",
              {{"--for", "1ms", "--append", "threadirqs"}});
}

BOOST_AUTO_TEST_CASE(a_leaked_preempt_count_is_reported_and_put_right) {
    const outcome r = in_kernel(R"(
static int ran;
static void action(struct softirq_action *a) { ran++; preempt_disable(); }
static void raise(void *arg) { raise_softirq(TEST_SOFTIRQ); }
static int seen;
static void look(void *arg) { seen = preempt_count(); }
static void test(void)
{
	open_softirq(TEST_SOFTIRQ, action);
	ON_CPU(1, raise, NULL);
	WAIT_FOR(ran);
	ON_CPU(1, look, NULL);
	SAME(seen, HARDIRQ_OFFSET + 1); /* the idle task's 1 */
}
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("softirq: huh, entered softirq 10 TEST ") == 1u, r.out);
    BOOST_TEST(r.said(" with preempt_count 00000101, exited with 00000102?") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(disabling_bottom_halves_in_a_handler_is_a_warning) {
    const outcome r = in_kernel(R"(
static void handler(void *arg) { local_bh_disable(); _local_bh_enable(); }
static void test(void) { ON_CPU(1, handler, NULL); }
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("WARNING: CPU: 1 PID: ") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(the_context_macros_read_one_count_with_nmi_bits_above_all) {
    in_kernel(R"(
static void test(void)
{
	SAME(PREEMPT_OFFSET, 1); SAME(SOFTIRQ_OFFSET, 0x100); SAME(SOFTIRQ_DISABLE_OFFSET, 0x200);
	SAME(HARDIRQ_OFFSET, 0x10000); SAME(NMI_OFFSET, 0x100000);
	SAME(PREEMPT_MASK, 0xff); SAME(SOFTIRQ_MASK, 0xff00); SAME(HARDIRQ_MASK, 0xf0000); SAME(NMI_MASK, 0xf00000);
	SAME(preempt_count(), 0); CHECK(preemptible()); CHECK(in_task()); CHECK(!in_atomic()); CHECK(!in_interrupt());
	SAME(interrupt_context_level(), 0);
	preempt_disable();
	SAME(preempt_count(), 1); CHECK(!preemptible()); CHECK(in_atomic()); CHECK(in_task()); CHECK(!in_interrupt());
	preempt_enable();
	local_irq_disable();
	CHECK(!preemptible()); CHECK(!in_atomic()); CHECK(irqs_disabled());
	__irq_enter();
	SAME(hardirq_count(), HARDIRQ_OFFSET); CHECK(in_hardirq()); CHECK(in_irq()); CHECK(in_interrupt()); CHECK(!in_task());
	CHECK(!in_softirq()); CHECK(!in_nmi()); SAME(interrupt_context_level(), 2);
	nmi_enter();
	CHECK(in_nmi()); CHECK(in_hardirq()); CHECK(in_interrupt()); CHECK(!in_task());
	SAME(nmi_count(), NMI_OFFSET); SAME(hardirq_count(), 2 * HARDIRQ_OFFSET); SAME(interrupt_context_level(), 3);
	nmi_exit();
	CHECK(!in_nmi());
	__irq_exit();
	local_irq_enable();
	SAME(preempt_count(), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_vector_left_open_at_unload_is_closed_and_no_finding) {
    simulation s;
    s.module("left", R"(
static void action(struct softirq_action *a) { }
static int __init m_init(void) { open_softirq(TEST_SOFTIRQ, action); raise_softirq(TEST_SOFTIRQ); return 0; }
static void __exit m_exit(void) { raise_softirq(TEST_SOFTIRQ); }
module_init(m_init);
module_exit(m_exit);
)");
    const outcome r = s.run({"--for", "20ms", "--exec", "5ms rmmod left"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("softirq:") == 0u, r.out);
}

BOOST_AUTO_TEST_CASE(proc_softirqs_counts_each_vector_on_its_cpu) {
    const outcome r = in_kernel(R"(
static int ran;
static void action(struct softirq_action *a) { ran++; }
static void raise(void *arg) { raise_softirq(TEST_SOFTIRQ); }
static void test(void)
{
	int i;
	open_softirq(TEST_SOFTIRQ, action);
	for (i = 0; i < 7; i++) {
		ON_CPU(3, raise, NULL);
		WAIT_FOR(ran == i + 1);
	}
}
)",
                                {{"--for", "10ms", "--exec", "1ms cat /proc/softirqs"}});
    BOOST_TEST(r.said("                    CPU0       CPU1       CPU2       CPU3       \n") == 1u, r.out);
    BOOST_TEST(r.said("          HI:          0          0          0          0\n") == 1u, r.out);
    BOOST_TEST(r.said("        TEST:          0          0          0          7\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_storm_of_softirqs_does_not_starve_a_fifo_thread_nor_end) {
    const outcome r = in_kernel(R"(
static int stop, rounds, in_ksoftirqd, wakes;
static u64 worst;
static void action(struct softirq_action *a)
{
	rounds++;
	if (!strncmp(current->comm, "ksoftirqd/", 10))
		in_ksoftirqd++;
	udelay(50);
	if (!READ_ONCE(stop))
		raise_softirq(TEST_SOFTIRQ);
}
static void raise(void *arg) { raise_softirq(TEST_SOFTIRQ); }
static int fifo_fn(void *arg)
{
	while (!kthread_should_stop()) {
		ktime_t due = ktime_add_us(ktime_get(), 1000);
		u64 late;
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule_hrtimeout(&due, HRTIMER_MODE_ABS);
		late = ktime_to_ns(ktime_sub(ktime_get(), due));
		if (late > worst)
			worst = late;
		wakes++;
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t = thread_on(2, fifo_fn, NULL, "fifo");
	sched_set_fifo(t);
	open_softirq(TEST_SOFTIRQ, action);
	ON_CPU(2, raise, NULL);
	wake_up_process(t);
	msleep(200);
	kthread_stop(t);
	stop = 1;
	msleep(10);
	pr_info("rounds=%d in_ksoftirqd=%d wakes=%d worst=%lld\n", rounds, in_ksoftirqd, wakes, worst);
}
)");
    BOOST_TEST(r.number("rounds") > 3000);
    BOOST_TEST(r.number("in_ksoftirqd") > r.number("rounds") * 9 / 10);
    BOOST_TEST(r.number("wakes") > 180);
    // At the worst it waits for the round that is under way, and for its own way through the scheduler.
    BOOST_TEST(r.number("worst") < 60000);
}
