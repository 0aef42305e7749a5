// SPDX-License-Identifier: Apache-2.0
//
// What the API promises when two of its calls meet.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include "tests/sw/workqueue/harness.h"

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(an_item_queued_while_it_runs_runs_again_on_the_same_worker_and_never_twice_at_once) {
    check_body(R"(
static struct note n;
static char first[16];
static void test(void)
{
	int cpu, i;
	note_init(&n, 0, 2000);
	queue_work_on(0, system_wq, &n.work);
	nap(500);
	strscpy(first, n.comm, sizeof(first));
	/* Asked for on another CPU, it stays with the pool that runs it. */
	EXPECT(queue_work_on(2, system_wq, &n.work));
	EXPECT(!queue_work_on(3, system_wq, &n.work));
	flush_work(&n.work);
	EXPECT_EQ(RUNS(&n), 2);
	EXPECT(!strcmp(n.comm, first));
	EXPECT_EQ(n.cpu, 0);
	/* From all CPUs at any time. */
	n.sleep_us = 130;
	for (i = 0; i < 400; i++)
		for (cpu = 0; cpu < 4; cpu++) {
			queue_work_on(cpu, system_wq, &n.work);
			udelay(17 + i % 60);
		}
	flush_work(&n.work);
	EXPECT_EQ(atomic_read(&n.most), 1);
	EXPECT(RUNS(&n) > 100);
	/* Once it does not run, it goes where it is asked for. */
	queue_work_on(3, system_wq, &n.work);
	flush_work(&n.work);
	EXPECT_EQ(n.cpu, 3);
}
)");
}

BOOST_AUTO_TEST_CASE(an_item_that_runs_in_one_queue_may_be_queued_to_another) {
    check_body(R"(
static struct note n;
static void test(void)
{
	struct workqueue_struct *other = alloc_workqueue("other", WQ_HIGHPRI, 0);
	note_init(&n, 0, 1000);
	queue_work_on(0, system_wq, &n.work);
	nap(300);
	EXPECT(queue_work_on(0, other, &n.work));
	flush_workqueue(other);
	EXPECT_EQ(RUNS(&n), 2);
	EXPECT_EQ(n.nice, -20);
	destroy_workqueue(other);
}
)");
}

BOOST_AUTO_TEST_CASE(cancel_sync_stops_an_item_that_queues_itself_again_and_again) {
    check_body(R"(
static struct work_struct again;
static struct delayed_work later;
static atomic_t runs, delayed_runs;
static bool inside;
static void again_fn(struct work_struct *work)
{
	WRITE_ONCE(inside, true);
	atomic_inc(&runs);
	udelay(50);
	queue_work(system_wq, work);
	udelay(50);
	queue_work_on(2, system_wq, work);
	WRITE_ONCE(inside, false);
}
static void later_fn(struct work_struct *work)
{
	atomic_inc(&delayed_runs);
	schedule_delayed_work(to_delayed_work(work), 1);
}
static void test(void)
{
	int i, seen;
	INIT_WORK(&again, again_fn);
	INIT_DELAYED_WORK(&later, later_fn);
	for (i = 0; i < 60; i++) {
		queue_work_on(1, system_wq, &again);
		schedule_delayed_work(&later, i % 3);
		nap(300 + i * 7);
		cancel_work_sync(&again);
		EXPECT(!READ_ONCE(inside));
		EXPECT(!work_pending(&again));
		seen = atomic_read(&runs);
		EXPECT(seen > i);
		if (i % 10 == 0) {
			msleep(30);
			cancel_delayed_work_sync(&later);
			EXPECT(!delayed_work_pending(&later));
			EXPECT_EQ(atomic_read(&runs), seen);
			seen = atomic_read(&delayed_runs);
			msleep(30);
			EXPECT_EQ(atomic_read(&delayed_runs), seen);
		}
	}
	cancel_delayed_work_sync(&later);
}
)");
}

BOOST_AUTO_TEST_CASE(several_tasks_may_cancel_the_same_item_at_once) {
    check_body(R"(
static struct note n;
static struct delayed_work d;
static atomic_t back = ATOMIC_INIT(0);
static void nothing(struct work_struct *work) { nap(500); }
static int canceller(void *unused)
{
	int i;
	for (i = 0; i < 50; i++) {
		queue_work(system_wq, &n.work);
		schedule_delayed_work(&d, i % 2);
		nap(20 * (i % 9) + 1);
		cancel_work_sync(&n.work);
		cancel_delayed_work_sync(&d);
	}
	atomic_inc(&back);
	return 0;
}
static void test(void)
{
	int cpu;
	note_init(&n, 0, 300);
	INIT_DELAYED_WORK(&d, nothing);
	for (cpu = 0; cpu < 4; cpu++)
		wake_up_process(kthread_create_on_cpu(canceller, NULL, cpu, "canceller/%u"));
	ssleep(2);
	EXPECT_EQ(atomic_read(&back), 4);
	EXPECT(!work_pending(&n.work));
	EXPECT_EQ(atomic_read(&n.most), 1);
}
)");
}

BOOST_AUTO_TEST_CASE(a_flush_that_meets_queueing_sees_every_item_that_was_queued_before_it) {
    check_body(R"(
static struct note n;
static struct workqueue_struct *wq;
static bool stop;
static int queuer(void *unused)
{
	while (!READ_ONCE(stop)) {
		queue_work(wq, &n.work);
		udelay(23);
	}
	return 0;
}
static void test(void)
{
	int i, before;
	note_init(&n, 5, 40);
	wq = alloc_workqueue("contended", 0, 1);
	wake_up_process(kthread_create_on_cpu(queuer, NULL, 1, "queuer/%u"));
	wake_up_process(kthread_create_on_cpu(queuer, NULL, 2, "queuer/%u"));
	nap(500);
	for (i = 0; i < 200; i++) {
		before = RUNS(&n);
		queue_work_on(3, wq, &n.work);
		if (i % 2)
			flush_work(&n.work);
		else
			flush_workqueue(wq);
		EXPECT(RUNS(&n) > before);
	}
	WRITE_ONCE(stop, true);
	msleep(20);
	destroy_workqueue(wq);
	EXPECT_EQ(atomic_read(&n.most), 1);
}
)");
}

BOOST_AUTO_TEST_CASE(flushing_an_inactive_item_does_not_count_against_max_active) {
    check_body(R"(
static struct note a, b;
static int flushed;
static int flusher(void *unused) { flush_work(&b.work); WRITE_ONCE(flushed, 1 + RUNS(&b)); return 0; }
static void test(void)
{
	struct workqueue_struct *wq = alloc_workqueue("one", 0, 1);
	note_init(&a, 0, 3000);
	note_init(&b, 0, 1000);
	queue_work_on(1, wq, &a.work);
	queue_work_on(1, wq, &b.work);
	kthread_run(flusher, NULL, "flusher");
	nap(1000);
	/* Taken back with a flusher on it: the flusher comes back all the same, when the pool next looks. */
	EXPECT(cancel_work_sync(&b.work));
	flush_work(&a.work);
	nap(100);
	EXPECT_EQ(READ_ONCE(flushed), 1);
	WRITE_ONCE(flushed, 0);
	queue_work_on(1, wq, &a.work);
	queue_work_on(1, wq, &b.work);
	kthread_run(flusher, NULL, "flusher");
	flush_workqueue(wq);
	nap(200);
	EXPECT_EQ(READ_ONCE(flushed), 2);
	EXPECT(b.began >= a.ended);
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(delayed_work_may_be_armed_again_while_its_timer_fires) {
    check_body(R"(
static struct delayed_work d;
static atomic_t runs = ATOMIC_INIT(0);
static void fn(struct work_struct *work) { atomic_inc(&runs); schedule_delayed_work(&d, 1); }
static int meddler(void *unused)
{
	int i;
	for (i = 0; i < 300; i++) {
		mod_delayed_work(system_wq, &d, i % 3);
		udelay(1300);
		if (i % 8 == 0)
			nap(3000);
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t[2];
	int seen;
	INIT_DELAYED_WORK(&d, fn);
	schedule_delayed_work(&d, 1);
	t[0] = kthread_create_on_cpu(meddler, NULL, 1, "meddler/%u");
	t[1] = kthread_create_on_cpu(meddler, NULL, 2, "meddler/%u");
	wake_up_process(t[0]);
	wake_up_process(t[1]);
	ssleep(2);
	EXPECT(delayed_work_pending(&d) || work_busy(&d.work));
	EXPECT(atomic_read(&runs) > 150);
	cancel_delayed_work_sync(&d);
	seen = atomic_read(&runs);
	msleep(50);
	EXPECT_EQ(atomic_read(&runs), seen);
	EXPECT(!delayed_work_pending(&d));
}
)");
}

BOOST_AUTO_TEST_CASE(an_interrupt_may_queue_what_a_task_cancels) {
    check_body(R"(
static struct note n;
static struct hrtimer timer;
static enum hrtimer_restart tick(struct hrtimer *t)
{
	queue_work(system_wq, &n.work);
	hrtimer_forward_now(t, ns_to_ktime(7300));
	return HRTIMER_RESTART;
}
static void test(void)
{
	int i, seen;
	note_init(&n, 0, 0);
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = tick;
	hrtimer_start(&timer, ns_to_ktime(1000), HRTIMER_MODE_REL_PINNED);
	for (i = 0; i < 500; i++) {
		cancel_work_sync(&n.work);
		udelay(i % 41);
		if (i % 8 == 0)
			nap(40);
	}
	hrtimer_cancel(&timer);
	cancel_work_sync(&n.work);
	seen = RUNS(&n);
	msleep(20);
	EXPECT_EQ(RUNS(&n), seen);
	EXPECT_EQ(atomic_read(&n.most), 1);
	EXPECT(seen > 0);
}
)");
}

BOOST_AUTO_TEST_CASE(destroying_a_queue_runs_what_is_pending_and_inactive_in_it) {
    check_body(R"(
static struct note n[10];
static void test(void)
{
	struct workqueue_struct *wq;
	int i, k;
	for (k = 0; k < 3; k++) {
		wq = k == 0 ? alloc_workqueue("bound", 0, 2) :
		     k == 1 ? alloc_workqueue("unbound", WQ_UNBOUND, 3) : alloc_ordered_workqueue("ordered", 0);
		for (i = 0; i < 10; i++) {
			note_init(&n[i], 0, 500);
			queue_work(wq, &n[i].work);
		}
		destroy_workqueue(wq);
		for (i = 0; i < 10; i++)
			EXPECT_EQ(RUNS(&n[i]), 1);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(a_function_may_free_its_item_or_initialise_it_anew) {
    check_body(R"(
static atomic_t runs = ATOMIC_INIT(0);
struct once {
	struct work_struct work;
	int payload;
};
static void free_fn(struct work_struct *work)
{
	kfree(container_of(work, struct once, work));
	nap(50);
	atomic_inc(&runs);
}
static void test(void)
{
	int i;
	for (i = 0; i < 300; i++) {
		struct once *o = kmalloc(sizeof(*o), GFP_KERNEL);
		INIT_WORK(&o->work, free_fn);
		queue_work_on(i % 4, system_wq, &o->work);
		if (i % 16 == 0)
			nap(100);
	}
	flush_scheduled_work();
	EXPECT_EQ(atomic_read(&runs), 300);
}
)");
}

BOOST_AUTO_TEST_CASE(the_work_of_a_cpu_that_goes_down_ends_elsewhere_and_comes_back_with_it) {
    simulation s;
    s.module("down", R"(
#include <linux/atomic.h>
static struct work_struct sleeper[3], waiting, fresh;
static struct workqueue_struct *wq;
static atomic_t done = ATOMIC_INIT(0);
static void fn(struct work_struct *work)
{
	pr_info("begins on %d in %s\n", raw_smp_processor_id(), current->comm);
	msleep(50);
	pr_info("ends on %d\n", raw_smp_processor_id());
	atomic_inc(&done);
}
static void show(struct work_struct *work)
{
	pr_info("fresh one on %d in %s\n", raw_smp_processor_id(), current->comm);
}
static int back(void *unused)
{
	msleep(150);
	queue_work_on(2, wq, &fresh);
	flush_work(&fresh);
	pr_info("done=%d\n", atomic_read(&done));
	return 0;
}
static int __init down_init(void)
{
	int i;
	wq = alloc_workqueue("down", 0, 3);
	for (i = 0; i < 3; i++) {
		INIT_WORK(&sleeper[i], fn);
		queue_work_on(2, wq, &sleeper[i]);
	}
	INIT_WORK(&waiting, fn);
	INIT_WORK(&fresh, show);
	queue_work_on(2, wq, &waiting);
	kthread_run(back, NULL, "back");
	return 0;
}
static void __exit down_exit(void) { destroy_workqueue(wq); }
module_init(down_init);
module_exit(down_exit);
)");
    const outcome r =
        s.run({"--for", "300ms", "--exec", "10ms echo 0 > /sys/devices/system/cpu/cpu2/online", "--exec",
               "70ms cat /sys/kernel/debug/workqueue", "--exec", "120ms echo 1 > /sys/devices/system/cpu/cpu2/online",
               "--exec", "140ms cat /sys/kernel/debug/workqueue"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("begins on 2 in kworker/2:") == 3u, r.out);
    BOOST_TEST(r.said("done=4\n") == 1u);
    BOOST_TEST(r.said("ends on 2\n") == 0u);
    BOOST_TEST(r.said("pool 4: cpus=2 nice=0 flags=0x4") == 1u); // disassociated
    BOOST_TEST(r.said("pool 4: cpus=2 nice=0 flags=0x0") == 1u);
    BOOST_TEST(r.said("fresh one on 2 in kworker/2:") == 1u);
}

BOOST_AUTO_TEST_CASE(the_workers_of_a_cpu_that_goes_down_go_where_unbound_queues_may_run_and_come_back) {
    // With the CPU itself as the only one that unbound queues may use, they may run anywhere.
    const struct {
        const char *unbound, *meanwhile;
    } cases[] = {{"3", "while it is down: 0-1\n"}, {"4", "while it is down: 0-3\n"}};
    for (const auto &c : cases) {
        simulation s;
        s.module("place", R"(
static struct work_struct item;
static struct task_struct *worker;
static void fn(struct work_struct *work) { worker = get_task_struct(current); }
static int look(void *unused)
{
	schedule_work_on(2, &item);
	flush_work(&item);
	pr_info("before: %*pbl\n", cpumask_pr_args(worker->cpus_ptr));
	msleep(20);
	pr_info("while it is down: %*pbl\n", cpumask_pr_args(worker->cpus_ptr));
	msleep(20);
	pr_info("after: %*pbl\n", cpumask_pr_args(worker->cpus_ptr));
	put_task_struct(worker);
	return 0;
}
static int __init place_init(void)
{
	INIT_WORK(&item, fn);
	kthread_run(look, NULL, "look");
	return 0;
}
static void __exit place_exit(void) {}
module_init(place_init);
module_exit(place_exit);
)");
        const outcome r = s.run({"--for", "60ms", "--exec",
                                 std::string("1ms echo ") + c.unbound + " > /sys/devices/virtual/workqueue/cpumask",
                                 "--exec", "10ms echo 0 > /sys/devices/system/cpu/cpu2/online", "--exec",
                                 "30ms echo 1 > /sys/devices/system/cpu/cpu2/online"});
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.said("before: 2\n") == 1u, r.out);
        BOOST_TEST(r.said(c.meanwhile) == 1u, r.out);
        BOOST_TEST(r.said("after: 2\n") == 1u, r.out);
    }
}

BOOST_AUTO_TEST_CASE(a_worker_whose_cpu_comes_back_counts_from_its_next_shift_on) {
    // An item computes while its CPU goes and comes back. Another one that is queued meanwhile does not wait for it;
    // later, the items of the CPU follow each other again.
    simulation s;
    s.module("count", R"(
#include <linux/delay.h>
static struct workqueue_struct *wq;
static struct work_struct longer, quick, next[2];
static bool go;
static void compute(struct work_struct *work)
{
	while (!READ_ONCE(go))
		cond_resched();
	pr_info("the long one ends\n");
}
static void say(struct work_struct *work) { pr_info("the quick one runs\n"); }
static void slow(struct work_struct *work)
{
	pr_info("begins %d\n", (int)(work - next));
	mdelay(5);
	pr_info("ends %d\n", (int)(work - next));
}
static int drive(void *unused)
{
	int i;
	queue_work_on(2, wq, &longer);
	msleep(50);
	queue_work_on(2, wq, &quick);
	msleep(10);
	WRITE_ONCE(go, true);
	msleep(10);
	for (i = 0; i < 2; i++)
		queue_work_on(2, wq, &next[i]);
	return 0;
}
static int __init count_init(void)
{
	wq = alloc_workqueue("count", 0, 0);
	INIT_WORK(&longer, compute);
	INIT_WORK(&quick, say);
	INIT_WORK(&next[0], slow);
	INIT_WORK(&next[1], slow);
	kthread_run(drive, NULL, "drive");
	return 0;
}
static void __exit count_exit(void) { destroy_workqueue(wq); }
module_init(count_init);
module_exit(count_exit);
)");
    const outcome r =
        s.run({"--for", "120ms", "--exec", "10ms echo 0 > /sys/devices/system/cpu/cpu2/online", "--exec",
               "30ms echo 1 > /sys/devices/system/cpu/cpu2/online", "--exec", "90ms cat /sys/kernel/debug/workqueue"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    const auto at = [&r](const char *text) { return r.out.find(text); };
    BOOST_TEST(r.said("the quick one runs\n") == 1u, r.out);
    BOOST_TEST(at("the quick one runs") < at("the long one ends"), r.out);
    BOOST_TEST(at("ends 0") < at("begins 1"), r.out);
    BOOST_TEST(r.said("miscounted") == 0u, r.out);
}
