// SPDX-License-Identifier: Apache-2.0
//
// The workqueue API, function by function, on the concurrency-managed back end.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include "tests/sw/workqueue/harness.h"

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(an_item_is_queued_once_until_it_starts_and_runs_on_the_queueing_cpu) {
    check_body(R"(
static struct note n;
static void test(void)
{
	int cpu;
	note_init(&n, 0, 0);
	for (cpu = 0; cpu < 4; cpu++) {
		set_cpus_allowed_ptr(current, cpumask_of(cpu));
		preempt_disable();
		EXPECT(queue_work(system_wq, &n.work));
		EXPECT(!queue_work(system_wq, &n.work));
		EXPECT(!schedule_work(&n.work));
		EXPECT(work_pending(&n.work));
		preempt_enable();
		EXPECT(flush_work(&n.work));
		EXPECT(!flush_work(&n.work));
		EXPECT(!work_pending(&n.work));
		EXPECT_EQ(RUNS(&n), cpu + 1);
		EXPECT_EQ(n.cpu, cpu);
		EXPECT_EQ(n.nice, 0);
		EXPECT(n.comm[0] == 'k' && n.comm[8] == '0' + cpu && n.comm[9] == ':');
	}
}
)");
}

BOOST_AUTO_TEST_CASE(queue_work_on_runs_the_item_on_the_cpu_it_names) {
    check_body(R"(
static struct note n[4];
static void test(void)
{
	int cpu;
	for (cpu = 3; cpu >= 0; cpu--) {
		note_init(&n[cpu], 0, 100);
		EXPECT(queue_work_on(cpu, system_wq, &n[cpu].work));
		EXPECT(!schedule_work_on(cpu, &n[cpu].work));
	}
	for (cpu = 0; cpu < 4; cpu++) {
		flush_work(&n[cpu].work);
		EXPECT_EQ(n[cpu].cpu, cpu);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(max_active_is_kept_and_can_be_changed_while_items_wait) {
    check_body(R"(
static struct note n[8];
static struct workqueue_struct *wq;
static atomic_t inside, most;
static void limited(struct work_struct *work)
{
	int now = atomic_inc_return(&inside);
	if (now > atomic_read(&most))
		atomic_set(&most, now);
	nap(1000);
	atomic_dec(&inside);
	atomic_inc(&container_of(work, struct note, work)->runs);
}
static void queue_all(void)
{
	int i;
	atomic_set(&most, 0);
	for (i = 0; i < 8; i++) {
		INIT_WORK(&n[i].work, limited);
		queue_work_on(1, wq, &n[i].work);
	}
}
static void test(void)
{
	int limit;
	for (limit = 1; limit <= 4; limit++) {
		wq = alloc_workqueue("limit%d", 0, limit, limit);
		queue_all();
		EXPECT(workqueue_congested(1, wq));
		EXPECT(!workqueue_congested(2, wq));
		flush_workqueue(wq);
		EXPECT(!workqueue_congested(1, wq));
		EXPECT_EQ(atomic_read(&most), limit);
		destroy_workqueue(wq);
	}
	/* Raised: the waiting ones start without another queue_work. */
	wq = alloc_workqueue("limit", 0, 1);
	queue_all();
	nap(500);
	EXPECT_EQ(atomic_read(&inside), 1);
	workqueue_set_max_active(wq, 5);
	nap(300);
	EXPECT_EQ(atomic_read(&inside), 5);
	/* Lowered: those that run end, then no more than that. */
	workqueue_set_max_active(wq, 1);
	nap(1000);
	EXPECT_EQ(atomic_read(&inside), 1);
	flush_workqueue(wq);
	EXPECT_EQ(atomic_read(&most), 5);
	destroy_workqueue(wq);
	for (limit = 0; limit < 8; limit++)
		EXPECT_EQ(RUNS(&n[limit]), 5);
}
)");
}

BOOST_AUTO_TEST_CASE(max_active_of_an_unbound_queue_holds_over_all_cpus) {
    check_body(R"(
static struct note n[12];
static struct workqueue_struct *wq;
static atomic_t inside, most;
static void limited(struct work_struct *work)
{
	int now = atomic_inc_return(&inside);
	if (now > atomic_read(&most))
		atomic_set(&most, now);
	nap(1000);
	atomic_dec(&inside);
}
static void test(void)
{
	int i;
	wq = alloc_workqueue("unbound", WQ_UNBOUND, 3);
	for (i = 0; i < 12; i++) {
		INIT_WORK(&n[i].work, limited);
		queue_work_on(i % 4, wq, &n[i].work);
	}
	flush_workqueue(wq);
	EXPECT_EQ(atomic_read(&most), 3);
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(max_active_outside_its_range_is_clamped_and_said) {
    const outcome r = check_body(R"(
static struct note n;
static void test(void)
{
	struct workqueue_struct *a = alloc_workqueue("above", 0, 513);
	struct workqueue_struct *b = alloc_workqueue("below", 0, -1);
	struct workqueue_struct *c = alloc_workqueue("a_name_that_is_longer_than_a_queue_has", 0, 512);
	struct workqueue_struct *d = alloc_workqueue("default", 0, 0);
	EXPECT(a && b && c && d);
	/* Clamped to one, not to none. */
	note_init(&n, 0, 0);
	queue_work(b, &n.work);
	EXPECT(flush_work(&n.work));
	EXPECT_EQ(RUNS(&n), 1);
	destroy_workqueue(a);
	destroy_workqueue(b);
	destroy_workqueue(c);
	destroy_workqueue(d);
}
)");
    BOOST_TEST(r.said("workqueue: max_active 513 requested for above is out of range, clamping between 1 and 512\n") ==
               1u);
    BOOST_TEST(r.said("workqueue: max_active -1 requested for below is out of range, clamping between 1 and 512\n") ==
               1u);
    BOOST_TEST(r.said("out of range") == 2u);
}

BOOST_AUTO_TEST_CASE(the_system_has_its_seven_queues) {
    simulation s;
    const outcome r = s.run_plain({"--exec", "1ms cat /sys/kernel/debug/workqueue", "--for", "2ms"});
    BOOST_TEST(r.status == 0, r.err);
    // Flags as in Linux 6.1 on arm64, where the power-efficient ones are unbound. A name has 23 characters.
    for (const char *line :
         {"workqueue events: flags=0x0\n", "workqueue events_highpri: flags=0x10\n",
          "workqueue events_long: flags=0x0\n", "workqueue events_unbound: flags=0x2\n",
          "workqueue events_freezable: flags=0x4\n", "workqueue events_power_efficient: flags=0x82\n",
          "workqueue events_freezable_power_: flags=0x86\n"})
        BOOST_TEST(r.said(line) == 1u, line);
    BOOST_TEST(r.said("active=0/512") == 1u);
    // Two pools a CPU, numbered first; then the unbound ones.
    BOOST_TEST(r.said("pool 0: cpus=0 nice=0 flags=0x0") == 1u);
    BOOST_TEST(r.said("pool 7: cpus=3 nice=-20 flags=0x0") == 1u);
    BOOST_TEST(r.said("pool 8: cpus=0-3 nice=0 flags=0x4") == 1u);
    for (const char *name : {"kworker/0:0 ", "kworker/0:0H ", "kworker/3:0 ", "kworker/3:0H ", "kworker/u8:0 "})
        BOOST_TEST(r.said(name) == 1u, name);
}

BOOST_AUTO_TEST_CASE(delayed_work_waits_for_its_delay_and_takes_another_by_mod_delayed_work) {
    check_body(R"(
static s64 ran_at;
static int runs, ran_on;
static void fn(struct work_struct *work) { ran_at = now_us(); runs++; ran_on = raw_smp_processor_id(); }
static DECLARE_DELAYED_WORK(d, fn);
static void test(void)
{
	s64 start = now_us();
	EXPECT(schedule_delayed_work(&d, 10));
	EXPECT(!schedule_delayed_work(&d, 1));
	EXPECT(delayed_work_pending(&d));
	msleep(100);
	EXPECT_EQ(runs, 1);
	/* Ten jiffies, of which the first may be nearly over; the wheel rounds one up. */
	EXPECT(ran_at - start >= 36000 && ran_at - start <= 48100);

	/* Without a delay no tick is waited for. */
	start = now_us();
	EXPECT(queue_delayed_work_on(2, system_wq, &d, 0));
	EXPECT(flush_delayed_work(&d));
	EXPECT(ran_at - start < 100);
	EXPECT_EQ(ran_on, 2);
	EXPECT(queue_delayed_work_on(3, system_wq, &d, 2));
	msleep(40);
	EXPECT_EQ(ran_on, 3);
	EXPECT_EQ(runs, 3);

	/* mod: false if it was idle, true if pending; later and earlier. */
	start = now_us();
	EXPECT(!mod_delayed_work(system_wq, &d, 5));
	EXPECT(mod_delayed_work(system_wq, &d, 25));
	msleep(60);
	EXPECT_EQ(runs, 3);
	msleep(80);
	EXPECT_EQ(runs, 4);
	EXPECT(ran_at - start >= 96000);
	start = now_us();
	EXPECT(schedule_delayed_work(&d, 1000));
	EXPECT(mod_delayed_work(system_wq, &d, 0));
	EXPECT(flush_work(&d.work));
	EXPECT(ran_at - start < 100);
	EXPECT_EQ(runs, 5);

	/* flush_delayed_work does not wait for the delay. */
	start = now_us();
	EXPECT(schedule_delayed_work(&d, 1000));
	EXPECT(flush_delayed_work(&d));
	EXPECT(ran_at - start < 100);
	EXPECT_EQ(runs, 6);

	EXPECT(schedule_delayed_work(&d, 2));
	EXPECT(cancel_delayed_work(&d));
	EXPECT(!cancel_delayed_work(&d));
	EXPECT(schedule_delayed_work(&d, 2));
	EXPECT(cancel_delayed_work_sync(&d));
	EXPECT(!cancel_delayed_work_sync(&d));
	EXPECT(!delayed_work_pending(&d));
	msleep(40);
	EXPECT_EQ(runs, 6);
}
)");
}

BOOST_AUTO_TEST_CASE(flush_workqueue_waits_for_what_was_queued_before_it_and_not_for_what_comes_after) {
    check_body(R"(
static struct note before[6], after[4];
static struct workqueue_struct *wq;
static int later(void *unused)
{
	int i;
	nap(500);
	for (i = 0; i < 4; i++)
		queue_work_on(i, wq, &after[i].work);
	return 0;
}
static void test(void)
{
	int i;
	s64 end;
	wq = alloc_workqueue("flushed", 0, 1);
	for (i = 0; i < 6; i++) {
		note_init(&before[i], 0, 2000);
		queue_work_on(i % 3, wq, &before[i].work);
	}
	for (i = 0; i < 4; i++)
		note_init(&after[i], 0, 50000);
	kthread_run(later, NULL, "later");
	flush_workqueue(wq);
	end = now_us();
	for (i = 0; i < 6; i++)
		EXPECT_EQ(RUNS(&before[i]), 1);
	EXPECT(end - before[0].began >= 4000 && end - before[0].began < 6000);
	EXPECT_EQ(RUNS(&after[0]), 0);
	flush_workqueue(wq);
	for (i = 0; i < 4; i++)
		EXPECT_EQ(RUNS(&after[i]), 1);
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(more_flushers_than_there_are_colours_all_come_back_and_each_saw_its_items) {
    check_body(R"(
#define FLUSHERS 40
static struct note n[FLUSHERS];
static struct workqueue_struct *wq;
static atomic_t back, wrong;
static int flusher(void *arg)
{
	struct note *mine = arg;
	queue_work_on((mine - n) % 4, wq, &mine->work);
	flush_workqueue(wq);
	if (RUNS(mine) != 1)
		atomic_inc(&wrong);
	atomic_inc(&back);
	return 0;
}
static void test(void)
{
	int i;
	wq = alloc_workqueue("colours", 0, 2);
	for (i = 0; i < FLUSHERS; i++) {
		note_init(&n[i], 0, 1500);
		kthread_run(flusher, &n[i], "flusher%d", i);
		nap(40);
	}
	msleep(200);
	EXPECT_EQ(atomic_read(&back), FLUSHERS);
	EXPECT_EQ(atomic_read(&wrong), 0);
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(drain_runs_what_the_queues_own_items_queue_until_nothing_is_left) {
    check_body(R"(
static struct workqueue_struct *wq;
static int left = 7;
static void chain(struct work_struct *work) { nap(100); if (--left) queue_work(wq, work); }
static DECLARE_WORK(work, chain);
static void test(void)
{
	wq = alloc_workqueue("drained", 0, 0);
	queue_work(wq, &work);
	drain_workqueue(wq);
	EXPECT_EQ(left, 0);
	/* Open again. */
	left = 1;
	EXPECT(queue_work(wq, &work));
	/* Destroying drains as well. */
	left = 4;
	destroy_workqueue(wq);
	EXPECT_EQ(left, 0);
}
)");
}

BOOST_AUTO_TEST_CASE(cancelling_takes_back_what_waits_and_waits_for_what_runs) {
    check_body(R"(
static struct note a, b;
static struct workqueue_struct *wq;
static void test(void)
{
	wq = alloc_workqueue("cancelled", 0, 1);
	note_init(&a, 0, 3000);
	note_init(&b, 0, 0);
	queue_work_on(1, wq, &a.work);
	queue_work_on(1, wq, &b.work);	/* inactive behind a */
	EXPECT(cancel_work_sync(&b.work));
	EXPECT(!cancel_work_sync(&b.work));
	queue_work_on(1, wq, &b.work);
	EXPECT(cancel_work(&b.work));
	EXPECT(!cancel_work(&b.work));
	nap(500);
	EXPECT(work_busy(&a.work) == WORK_BUSY_RUNNING);
	EXPECT(!cancel_work(&a.work));	/* does not wait */
	EXPECT_EQ(RUNS(&a), 0);
	EXPECT(!cancel_work_sync(&a.work));	/* waits */
	EXPECT_EQ(RUNS(&a), 1);
	EXPECT_EQ(work_busy(&a.work), 0);
	/* Running and queued again: one run is taken back, the other waited for. */
	queue_work_on(1, wq, &a.work);
	nap(500);
	EXPECT(queue_work_on(1, wq, &a.work));
	EXPECT(work_busy(&a.work) == (WORK_BUSY_RUNNING | WORK_BUSY_PENDING));
	EXPECT(cancel_work_sync(&a.work));
	EXPECT_EQ(RUNS(&a), 2);
	flush_workqueue(wq);
	EXPECT_EQ(RUNS(&a), 2);
	EXPECT_EQ(RUNS(&b), 0);
	/* And it can be used again. */
	EXPECT(queue_work_on(1, wq, &b.work));
	EXPECT(flush_work(&b.work));
	EXPECT_EQ(RUNS(&b), 1);
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(queue_rcu_work_runs_after_a_grace_period) {
    check_body(R"(
#include <linux/rcupdate.h>
static struct rcu_work rw;
static int runs, reading, seen_reading = -1;
static void fn(struct work_struct *work) { seen_reading = READ_ONCE(reading); runs++; }
static int reader(void *unused)
{
	rcu_read_lock();
	WRITE_ONCE(reading, 1);
	mdelay(20);
	WRITE_ONCE(reading, 0);
	rcu_read_unlock();
	return 0;
}
static void test(void)
{
	INIT_RCU_WORK(&rw, fn);
	kthread_run(reader, NULL, "reader");
	nap(2000);
	EXPECT_EQ(reading, 1);
	EXPECT(queue_rcu_work(system_wq, &rw));
	EXPECT(!queue_rcu_work(system_wq, &rw));
	EXPECT(flush_rcu_work(&rw));
	EXPECT_EQ(runs, 1);
	EXPECT_EQ(seen_reading, 0);
}
)");
}

BOOST_AUTO_TEST_CASE(the_helpers_around_items) {
    const outcome r = check_body(R"(
static struct work_struct probe;
static struct work_struct *seen;
static void who(struct work_struct *work) { seen = current_work(); set_worker_desc("about %d", 42); msleep(20); }
static long where(void *arg) { return smp_processor_id() * 100 + (long)arg; }
static struct execute_work ew;
static int executed;
static void execute(struct work_struct *work) { executed++; }
static void test(void)
{
	INIT_WORK(&probe, who);
	schedule_work(&probe);
	flush_work(&probe);
	EXPECT(seen == &probe);
	EXPECT(!current_work());
	EXPECT_EQ(work_on_cpu(3, where, (void *)7), 307);
	EXPECT_EQ(execute_in_process_context(execute, &ew), 0);
	EXPECT_EQ(executed, 1);
	local_irq_disable();
	local_bh_disable();
	local_irq_enable();
	EXPECT_EQ(execute_in_process_context(execute, &ew), 1);
	local_bh_enable();
	flush_scheduled_work();
	EXPECT_EQ(executed, 2);
	schedule_work_on(0, &probe);
}
)",
                                 {"--exec", "1ms ps", "--for", "30ms"});
    // /proc/PID/comm has a plus while the worker runs something.
    BOOST_TEST(r.said("+about 42]") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(five_thousand_queues_have_room_and_each_runs_its_item) {
    check_body(R"(
#define QUEUES 5000
static struct workqueue_struct *queues[QUEUES];
static struct work_struct items[QUEUES];
static atomic_t ran;
static void count(struct work_struct *work) { atomic_inc(&ran); }
static void test(void)
{
	int i, made = 0;
	for (i = 0; i < QUEUES; i++) {
		queues[i] = alloc_workqueue("q%d", 0, 0, i);
		if (!queues[i])
			break;
		made++;
		INIT_WORK(&items[i], count);
		queue_work(queues[i], &items[i]);
	}
	EXPECT_EQ(made, QUEUES);
	for (i = 0; i < made; i++)
		destroy_workqueue(queues[i]);
	EXPECT_EQ(atomic_read(&ran), made);
}
)");
}
