// SPDX-License-Identifier: Apache-2.0
//
// Mistakes of drivers, reported in Linux's words, and the watchdog.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include "tests/sw/workqueue/harness.h"

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(an_item_that_leaves_a_lock_held_is_reported_with_its_function) {
    const outcome r = run_body(R"(
static DEFINE_SPINLOCK(lock);
static void forgetful(struct work_struct *work) { spin_lock(&lock); }
static DECLARE_WORK(work, forgetful);
static void test(void) { schedule_work_on(1, &work); msleep(20); }
)");
    BOOST_TEST(r.status == 2, r.out + r.err);
    BOOST_TEST(r.said("BUG: workqueue leaked lock or atomic: kworker/1:0/0x00000001/") == 1u, r.out);
    BOOST_TEST(r.said("     last function: forgetful") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(after_a_report_of_the_lock_validator_an_item_is_not_said_to_leak_locks) {
    const outcome r = run_body(R"(
static DEFINE_SPINLOCK(a);
static DEFINE_SPINLOCK(b);
static void in_turn(spinlock_t *first, spinlock_t *second)
{
	spin_lock(first);
	spin_lock(second);
	spin_unlock(second);
	spin_unlock(first);
}
static void fn(struct work_struct *work) { in_turn(&b, &a); }
static DECLARE_WORK(work, fn);
static void test(void) { in_turn(&a, &b); schedule_work(&work); flush_work(&work); }
)");
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("WARNING: possible circular locking dependency detected") >= 1u, r.out);
    BOOST_TEST(r.said("leaked lock or atomic") == 0u, r.out);
}

BOOST_AUTO_TEST_CASE(queueing_to_a_queue_that_is_drained_is_reported_and_dropped) {
    const outcome r = run_body(R"(
static struct note slow, late;
static struct workqueue_struct *wq;
static int queuer(void *unused) { nap(500); queue_work(wq, &late.work); return 0; }
static void test(void)
{
	wq = alloc_workqueue("drained", 0, 0);
	note_init(&slow, 0, 2000);
	note_init(&late, 0, 0);
	queue_work(wq, &slow.work);
	kthread_run(queuer, NULL, "queuer");
	drain_workqueue(wq);
	EXPECT_EQ(RUNS(&late), 0);
	destroy_workqueue(wq);
}
)");
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("WARNING: CPU: ") == 1u, r.out);
    BOOST_TEST(r.said("failures=0") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(delayed_work_that_was_set_up_as_plain_work_is_reported) {
    const outcome r = run_body(R"(
static struct delayed_work d;
static void fn(struct work_struct *work) { }
static void test(void) { INIT_WORK(&d.work, fn); schedule_delayed_work(&d, 0); flush_work(&d.work); }
)");
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("WARNING: CPU: ") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_reclaim_queue_must_not_wait_for_one_that_is_none) {
    const outcome r = run_body(R"(
static struct note plain;
static void waits(struct work_struct *work) { flush_work(&plain.work); }
static DECLARE_WORK(reclaim_item, waits);
static void test(void)
{
	struct workqueue_struct *wq = alloc_workqueue("reclaim", WQ_MEM_RECLAIM, 0);
	struct workqueue_struct *other = alloc_workqueue("other", 0, 0);
	note_init(&plain, 0, 1000);
	queue_work(other, &plain.work);
	queue_work(wq, &reclaim_item);
	flush_work(&reclaim_item);
	destroy_workqueue(wq);
	destroy_workqueue(other);
}
)");
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("workqueue: WQ_MEM_RECLAIM reclaim:waits") == 1u, r.out);
    BOOST_TEST(r.said(" is flushing !WQ_MEM_RECLAIM other:note_fn") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(max_active_of_an_ordered_queue_cannot_be_changed) {
    const outcome r = run_body(R"(
static void test(void)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("ordered", 0);
	workqueue_set_max_active(wq, 4);
	EXPECT(!workqueue_congested(WORK_CPU_UNBOUND, wq));
	destroy_workqueue(wq);
}
)");
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("WARNING: CPU: ") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_drain_that_does_not_end_is_reported_after_ten_tries) {
    const outcome r = run_body(R"(
static struct workqueue_struct *wq;
static int left = 100;
static void chain(struct work_struct *work) { if (--left) queue_work(wq, work); nap(100); }
static DECLARE_WORK(work, chain);
static void test(void)
{
	wq = alloc_workqueue("endless", 0, 0);
	queue_work(wq, &work);
	drain_workqueue(wq);
	EXPECT_EQ(left, 0);
	destroy_workqueue(wq);
}
)");
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("workqueue endless: drain_workqueue() isn't complete after 10 tries") == 1u, r.out);
    BOOST_TEST(r.said("isn't complete after") == 1u);
}

BOOST_AUTO_TEST_CASE(a_queue_that_gets_work_while_it_is_destroyed_is_dumped_and_kept) {
    // The draining is over and the rescuer being stopped when another CPU queues once more.
    const outcome r = run_body(R"(
#define ITEMS 3
static struct note n[ITEMS];
static struct workqueue_struct *wq;
static bool go;
static int accepted, late_us;
static int queuer(void *unused)
{
	int i;
	while (!READ_ONCE(go))
		cond_resched();
	udelay(late_us);
	for (i = 0; i < ITEMS; i++) {
		queue_work_on(2, wq, &n[i].work);
		udelay(1);
	}
	return 0;
}
static int early(void *unused)
{
	nap(500);
	queue_work(wq, &n[1].work);
	return 0;
}
static void doom(const char *name)
{
	int i;
	WRITE_ONCE(go, false);
	wq = alloc_workqueue("%s", WQ_MEM_RECLAIM, 3, name);
	for (i = 0; i < ITEMS; i++)
		note_init(&n[i], 0, 5000);
	wake_up_process(kthread_create_on_cpu(queuer, NULL, 1, "queuer/%u"));
	nap(500);
	WRITE_ONCE(go, true);
	destroy_workqueue(wq);
	for (i = 0; i < ITEMS; i++)
		accepted -= RUNS(&n[i]);
	msleep(200);
	for (i = 0; i < ITEMS; i++)
		accepted += RUNS(&n[i]);
}
static void test(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(3));
	/* That a drained queue is asked is said once, which takes a while. */
	wq = alloc_workqueue("warned", 0, 0);
	note_init(&n[0], 0, 2000);
	note_init(&n[1], 0, 0);
	queue_work(wq, &n[0].work);
	kthread_run(early, NULL, "early");
	destroy_workqueue(wq);
	for (late_us = 1; late_us < 40 && !accepted; late_us++)
		doom("doomed");
	EXPECT(accepted);
}
)");
    BOOST_TEST(r.status == 2, r.err);
    BOOST_TEST(r.said("destroy_workqueue: doomed has the following busy pwq\n") == 1u, r.out);
    BOOST_TEST(r.said("  pwq 4: cpus=2 node=0 flags=0x") == 2u); // the pwq, then the whole queue
    BOOST_TEST(r.said("/3 refcnt=") == 2u);
    BOOST_TEST(r.said("workqueue doomed: flags=0x8\n") == 1u);
    BOOST_TEST(r.said(":note_fn") + r.said("    pending: note_fn") >= 1u, r.out); // it runs, or is about to
}

BOOST_AUTO_TEST_CASE(a_module_that_goes_with_work_pending_or_a_queue_left_is_reported) {
    simulation s;
    s.module("leaky", R"(
static void late(struct work_struct *work) { }
static struct work_struct waits[3];
static struct workqueue_struct *wq;
static void slow(struct work_struct *work) { msleep(100); }
static int __init leaky_init(void)
{
	wq = alloc_workqueue("left_over", 0, 1);
	return 0;
}
static void __exit leaky_exit(void)
{
	INIT_WORK(&waits[0], slow);
	INIT_WORK(&waits[1], late);
	queue_work_on(1, wq, &waits[0]);
	queue_work_on(1, wq, &waits[1]);
}
module_init(leaky_init);
module_exit(leaky_exit);
)");
    const outcome r = s.run({"--for", "5ms"});
    BOOST_TEST(r.status == 2, r.err);
    BOOST_TEST(r.said("module leaky unloaded with workqueue left_over not destroyed") == 1u, r.out);
    BOOST_TEST(r.said("module leaky unloaded with work late") == 1u);
    BOOST_TEST(r.said("module leaky unloaded with work slow") == 1u);
}

BOOST_AUTO_TEST_CASE(the_watchdog_reports_a_pool_that_is_stuck_for_30_seconds_and_dumps_what_is_busy) {
    const outcome r = run_body(R"(
static struct note hog, victim, waiting;
static void spin(struct work_struct *work) { int i; for (i = 0; i < 50; i++) mdelay(1000); }
static DECLARE_WORK(work, spin);
static void test(void)
{
	struct workqueue_struct *one = alloc_workqueue("one", 0, 1);
	note_init(&victim, 0, 0);
	note_init(&waiting, 0, 0);
	note_init(&hog, 0, 0);
	queue_work_on(0, one, &work);
	queue_work_on(0, one, &waiting.work);
	queue_work_on(0, system_wq, &victim.work);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	flush_work(&victim.work);
	destroy_workqueue(one);
}
)");
    BOOST_TEST(r.status == 2, r.err);
    BOOST_TEST(r.said("BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for ") == 1u, r.out);
    const double at = r.when("BUG: workqueue lockup");
    BOOST_TEST(at >= 30);
    BOOST_TEST(at <= 61); // looked at every 30 s
    BOOST_TEST(r.said("Showing busy workqueues and worker pools:\n") == 1u);
    BOOST_TEST(r.said("workqueue events: flags=0x0\n") == 1u);
    BOOST_TEST(r.said("workqueue one: flags=0x0\n") == 1u);
    BOOST_TEST(r.said("  pwq 0: cpus=0 node=0 flags=0x0 nice=0 active=1/1 refcnt=3\n") == 1u);
    BOOST_TEST(r.said("    in-flight: ") == 1u);
    BOOST_TEST(r.said(":spin") >= 1u);
    BOOST_TEST(r.said("    pending: note_fn [body] BAR(") == 1u);
    BOOST_TEST(r.said("    inactive: note_fn") == 1u);
    BOOST_TEST(r.said("pool 0: cpus=0 node=0 flags=0x0 nice=0 hung=") == 1u);
    BOOST_TEST(r.said(" workers=2 idle: ") == 1u);
}

BOOST_AUTO_TEST_CASE(the_watchdogs_period_is_a_parameter_and_zero_turns_it_off) {
    const char *body = R"(
static struct note victim;
static void spin(struct work_struct *work) { int i; for (i = 0; i < 40; i++) mdelay(1000); }
static DECLARE_WORK(work, spin);
static void test(void)
{
	note_init(&victim, 0, 0);
	queue_work_on(0, system_wq, &work);
	queue_work_on(0, system_wq, &victim.work);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	flush_work(&victim.work);
}
)";
    const outcome five = run_body(body, {"--append", "workqueue.watchdog_thresh=5"});
    BOOST_TEST(five.status == 2);
    BOOST_TEST(five.said("BUG: workqueue lockup - pool") >= 3u, five.out);
    BOOST_TEST(five.when("BUG: workqueue lockup") <= 11);
    const outcome off = run_body(body, {"--append", "workqueue.watchdog_thresh=0"});
    BOOST_TEST(off.said("workqueue lockup") == 0u, off.out);
}
