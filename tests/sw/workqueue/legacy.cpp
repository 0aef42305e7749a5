// SPDX-License-Identifier: Apache-2.0
//
// The old back end behind the same API.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include "tests/sw/workqueue/harness.h"

using namespace rk3568::test;

namespace {

const std::vector<std::string> legacy{"--workqueue", "legacy"};

} // namespace

BOOST_AUTO_TEST_CASE(a_legacy_queue_has_a_thread_for_each_cpu_and_a_single_one_has_one) {
    check_body(R"(
static struct note n[4];
static void test(void)
{
	struct workqueue_struct *a, *b, *c;
	int cpu;
	EXPECT_EQ(threads_named("kworker"), 0);
	EXPECT_EQ(threads_named("events/"), 4);
	a = create_workqueue("mine");
	EXPECT_EQ(threads_named("mine/"), 4);
	b = create_singlethread_workqueue("lone");
	EXPECT_EQ(threads_named("lone"), 1);
	EXPECT_EQ(threads_named("lone/"), 0);
	c = alloc_workqueue("urgent", WQ_HIGHPRI, 7);
	EXPECT_EQ(threads_named("urgent/"), 4);
	for (cpu = 0; cpu < 4; cpu++) {
		note_init(&n[cpu], 0, 0);
		queue_work_on(cpu, a, &n[cpu].work);
	}
	for (cpu = 0; cpu < 4; cpu++) {
		flush_work(&n[cpu].work);
		EXPECT_EQ(n[cpu].cpu, cpu);
		EXPECT(!strncmp(n[cpu].comm, "mine/", 5) && n[cpu].comm[5] == '0' + cpu);
		EXPECT_EQ(n[cpu].nice, 0);
	}
	queue_work(b, &n[0].work);
	flush_workqueue(b);
	EXPECT(!strcmp(n[0].comm, "lone"));
	queue_work(c, &n[0].work);
	flush_workqueue(c);
	EXPECT_EQ(n[0].nice, -20);
	queue_work(system_highpri_wq, &n[0].work);
	flush_work(&n[0].work);
	EXPECT(!strncmp(n[0].comm, "events/", 7));
	destroy_workqueue(a);
	destroy_workqueue(b);
	destroy_workqueue(c);
	EXPECT_EQ(threads_named("mine"), 0);
	EXPECT_EQ(threads_named("lone"), 0);
}
)",
               legacy);
}

BOOST_AUTO_TEST_CASE(legacy_items_of_a_cpu_follow_each_other_whether_they_sleep_or_not) {
    check_body(R"(
static struct note n[5];
static void test(void)
{
	struct workqueue_struct *wq = alloc_workqueue("fifo", 0, 5);
	int i;
	for (i = 0; i < 5; i++) {
		note_init(&n[i], 0, 1000);
		queue_work_on(2, wq, &n[i].work);
	}
	EXPECT(workqueue_congested(2, wq));
	flush_workqueue(wq);
	for (i = 1; i < 5; i++)
		EXPECT(n[i].began >= n[i - 1].ended);
	EXPECT_EQ(n[4].order - n[0].order, 4);
	destroy_workqueue(wq);
}
)",
               legacy);
}

BOOST_AUTO_TEST_CASE(a_legacy_item_queued_elsewhere_while_it_runs_runs_twice_at_once) {
    check_body(R"(
static struct note n;
static void test(void)
{
	struct workqueue_struct *wq = alloc_workqueue("twice", 0, 0);
	note_init(&n, 0, 3000);
	queue_work_on(0, wq, &n.work);
	nap(500);
	n.sleep_us = 1000;	/* the later one ends first */
	EXPECT(queue_work_on(1, wq, &n.work));
	nap(500);
	EXPECT_EQ(atomic_read(&n.most), 2);
	EXPECT(work_busy(&n.work) & WORK_BUSY_RUNNING);
	/* Cancelling waits on all CPUs. */
	cancel_work_sync(&n.work);
	EXPECT_EQ(atomic_read(&n.inside), 0);
	EXPECT_EQ(RUNS(&n), 2);
	destroy_workqueue(wq);
}
)",
               legacy);
}

BOOST_AUTO_TEST_CASE(the_api_keeps_its_promises_over_the_legacy_back_end) {
    check_body(R"(
static struct note a, b;
static struct workqueue_struct *wq;
static struct delayed_work d;
static int delayed, chain = 5;
static atomic_t again_runs = ATOMIC_INIT(0);
static void delayed_fn(struct work_struct *work) { delayed++; }
static void chain_fn(struct work_struct *work)
{
	EXPECT(current_work() == work);
	nap(50);
	if (--chain)
		queue_work(wq, work);
}
static DECLARE_WORK(chained, chain_fn);
static void again_fn(struct work_struct *work) { atomic_inc(&again_runs); udelay(30); queue_work(wq, work); }
static DECLARE_WORK(again, again_fn);
static void test(void)
{
	int seen;
	wq = alloc_workqueue("api", 0, 0);
	note_init(&a, 0, 2000);
	note_init(&b, 0, 0);
	EXPECT(!flush_work(&a.work));
	EXPECT(queue_work_on(1, wq, &a.work));
	EXPECT(!queue_work_on(1, wq, &a.work));
	EXPECT(queue_work_on(1, wq, &b.work));
	EXPECT(cancel_work(&b.work));
	EXPECT(queue_work_on(1, wq, &b.work));
	EXPECT(cancel_work_sync(&b.work));
	EXPECT(!cancel_work_sync(&b.work));
	EXPECT(flush_work(&a.work));
	EXPECT_EQ(RUNS(&a), 1);
	EXPECT_EQ(RUNS(&b), 0);

	INIT_DELAYED_WORK(&d, delayed_fn);
	EXPECT(queue_delayed_work(wq, &d, 100));
	EXPECT(mod_delayed_work(wq, &d, 2));
	msleep(40);
	EXPECT_EQ(delayed, 1);
	EXPECT(queue_delayed_work_on(3, wq, &d, 100));
	EXPECT(flush_delayed_work(&d));
	EXPECT_EQ(delayed, 2);
	queue_delayed_work(wq, &d, 1);
	EXPECT(cancel_delayed_work_sync(&d));

	queue_work(wq, &chained);
	drain_workqueue(wq);
	EXPECT_EQ(chain, 0);

	queue_work_on(2, wq, &again);
	nap(2000);
	cancel_work_sync(&again);
	seen = atomic_read(&again_runs);
	EXPECT(seen > 5);
	nap(2000);
	EXPECT_EQ(atomic_read(&again_runs), seen);

	queue_work_on(3, wq, &a.work);
	queue_work_on(3, wq, &b.work);
	destroy_workqueue(wq);
	EXPECT_EQ(RUNS(&a), 2);
	EXPECT_EQ(RUNS(&b), 1);
}
)",
               legacy);
}

BOOST_AUTO_TEST_CASE(legacy_threads_of_a_cpu_go_and_come_with_it) {
    simulation s;
    s.module("down", R"(
static struct work_struct sleeper, waiting, fresh;
static struct workqueue_struct *wq;
static void fn(struct work_struct *work) { msleep(30); pr_info("done in %s\n", current->comm); }
static int late(void *unused)
{
	msleep(200);
	queue_work_on(2, wq, &fresh);
	return 0;
}
static int __init down_init(void)
{
	wq = alloc_workqueue("down", 0, 0);
	INIT_WORK(&sleeper, fn);
	INIT_WORK(&waiting, fn);
	INIT_WORK(&fresh, fn);
	queue_work_on(2, wq, &sleeper);
	queue_work_on(2, wq, &waiting);
	kthread_run(late, NULL, "late");
	return 0;
}
static void __exit down_exit(void) { destroy_workqueue(wq); }
module_init(down_init);
module_exit(down_exit);
)");
    const outcome r =
        s.run({"--workqueue", "legacy", "--for", "400ms", "--exec", "10ms echo 0 > /sys/devices/system/cpu/cpu2/online",
               "--exec", "120ms ps", "--exec", "150ms echo 1 > /sys/devices/system/cpu/cpu2/online"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("done in down/2\n") == 3u, r.out);
    BOOST_TEST(r.said("[down/1]") == 1u);
    BOOST_TEST(r.said("[down/2]") == 0u);
}
