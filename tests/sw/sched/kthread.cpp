// SPDX-License-Identifier: Apache-2.0
//
// Kernel threads: their life from creation to kthread_stop, names, parking, binding.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(a_created_thread_runs_when_it_is_woken_and_stop_gives_what_it_returned) {
    in_kernel(R"(
static int ran;
static int fn(void *arg)
{
	ran++;
	CHECK(arg == &ran); CHECK(kthread_data(current) == arg); CHECK(kthread_func(current) == fn);
	CHECK(current->flags & PF_KTHREAD);
	CHECK(current->flags & PF_NOFREEZE); /* until it asks to be frozen */
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 42;
}
static void test(void)
{
	struct task_struct *t = kthread_create(fn, &ran, "a_thread_with_a_name_too_long/%d", 7);
	CHECK(!IS_ERR(t));
	msleep(10);
	SAME(ran, 0);
	CHECK(!strcmp(t->comm, "a_thread_with_a"));
	SAME(strlen(t->comm), TASK_COMM_LEN - 1);
	wake_up_process(t);
	WAIT_FOR(ran == 1);
	SAME(kthread_stop(t), 42);
	/* Stopped before it ever ran. */
	ran = 0;
	t = kthread_create(fn, &ran, "never");
	SAME(kthread_stop(t), -EINTR);
	SAME(ran, 0);
	SAME(task_nice(current), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_thread_ends_by_return_by_exit_and_by_completing_somebody) {
    in_kernel(R"(
static DECLARE_COMPLETION(done);
static int exits(void *arg) { kthread_complete_and_exit(NULL, 9); return 1; }
static int completes(void *arg) { kthread_complete_and_exit(&done, 0); return 1; }
static int returns(void *arg) { return 5; }
static void test(void)
{
	struct task_struct *t;
	t = kthread_create(exits, NULL, "exits"); get_task_struct(t); wake_up_process(t); msleep(10);
	SAME(kthread_stop(t), 9); put_task_struct(t);
	t = kthread_create(returns, NULL, "returns"); get_task_struct(t); wake_up_process(t); msleep(10);
	SAME(kthread_stop(t), 5); put_task_struct(t);
	kthread_run(completes, NULL, "completes");
	CHECK(wait_for_completion_timeout(&done, HZ));
}
)");
}

BOOST_AUTO_TEST_CASE(a_parked_thread_stands_still_and_goes_on_when_it_is_unparked) {
    in_kernel(R"(
static int turns, parked;
static int fn(void *arg)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			parked++;
			kthread_parkme();
		}
		turns++;
		usleep_range(50, 60);
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t = kthread_run(fn, NULL, "parks");
	int seen;
	msleep(5);
	SAME(kthread_park(t), 0);
	SAME(parked, 1);
	seen = turns;
	SAME(READ_ONCE(t->__state), TASK_PARKED);
	wake_up_process(t); /* a stray wake-up does not end it */
	msleep(10);
	SAME(turns, seen);
	kthread_unpark(t);
	msleep(5);
	CHECK(turns > seen);
	SAME(kthread_park(t), 0);
	SAME(kthread_stop(t), 0); /* also of a parked one */
	SAME(parked, 2);
}
)");
}

BOOST_AUTO_TEST_CASE(a_parked_thread_that_is_parked_again_is_a_warning) {
    const outcome r = in_kernel(R"(
static int fn(void *unused)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		schedule_timeout_interruptible(HZ);
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t = kthread_run(fn, NULL, "parked");
	SAME(kthread_park(t), 0);
	SAME(kthread_park(t), -EBUSY);
	kthread_unpark(t);
	SAME(kthread_stop(t), 0);
}
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said(" kthread_park+") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_thread_created_for_a_cpu_runs_there_and_is_named_after_it) {
    in_kernel(R"(
static int cpu[4];
static int fn(void *arg) { cpu[(long)arg] = raw_smp_processor_id() + 100; return 0; }
static void test(void)
{
	long i;
	char name[TASK_COMM_LEN];
	for (i = 0; i < 4; i++) {
		struct task_struct *t = kthread_create_on_cpu(fn, (void *)i, i, "mine/%u");
		snprintf(name, sizeof(name), "mine/%ld", i);
		CHECK(!strcmp(t->comm, name));
		CHECK(t->flags & PF_NO_SETAFFINITY);
		wake_up_process(t);
		WAIT_FOR(cpu[i]);
		SAME(cpu[i], 100 + i);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(a_kthread_worker_runs_its_works_in_order_and_flushes) {
    in_kernel(R"(
static int order[4], n;
struct item { struct kthread_work work; int number; };
static void fn(struct kthread_work *w) { order[n++] = container_of(w, struct item, work)->number; usleep_range(100, 120); }
static void test(void)
{
	struct kthread_worker *w = kthread_create_worker(0, "worker");
	static struct item items[3];
	int i;
	CHECK(!IS_ERR(w));
	for (i = 0; i < 3; i++) {
		kthread_init_work(&items[i].work, fn);
		items[i].number = i;
		CHECK(kthread_queue_work(w, &items[i].work));
		CHECK(!kthread_queue_work(w, &items[i].work));
	}
	kthread_flush_work(&items[1].work);
	CHECK(n >= 2);
	kthread_flush_worker(w);
	SAME(n, 3);
	for (i = 0; i < 3; i++)
		SAME(order[i], i);
	CHECK(!kthread_cancel_work_sync(&items[0].work));
	kthread_destroy_worker(w);
}
)");
}

BOOST_AUTO_TEST_CASE(ten_thousand_threads_and_five_thousand_queues_fit_into_one_gigabyte) {
    in_kernel(R"(
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#define THREADS 10000
#define QUEUES 5000
static int waits(void *arg)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(MAX_SCHEDULE_TIMEOUT);
	return 1;
}
static void test(void)
{
	struct task_struct **threads = vzalloc(THREADS * sizeof(*threads));
	struct workqueue_struct **queues = vzalloc(QUEUES * sizeof(*queues));
	int i, made = 0;
	for (i = 0; i < QUEUES; i++)
		made += (queues[i] = alloc_workqueue("queue%d", 0, 0, i)) != NULL;
	SAME(made, QUEUES);
	for (i = 0; i < QUEUES; i++)
		destroy_workqueue(queues[i]);
	for (i = made = 0; i < THREADS; i++) {
		threads[i] = kthread_run(waits, NULL, "thread%d", i);
		made += !IS_ERR(threads[i]);
	}
	SAME(made, THREADS);
	for (i = 0; i < THREADS; i++)
		kthread_stop(threads[i]);
	vfree(threads);
	vfree(queues);
}
)");
}

// khungtaskd looks every 120 s (and what the timer wheel adds): it notes a task that waits, reports it the next time,
// and again at each check, ten times in all.
BOOST_AUTO_TEST_CASE(a_hung_task_is_reported_at_the_second_check_and_ten_times_at_most) {
    simulation s;
    s.module("hung", R"(
#include <linux/completion.h>
#include <linux/kthread.h>
static DECLARE_COMPLETION(never);
static int waits(void *arg) { wait_for_completion(&never); return 0; }
static int __init in(void) { kthread_run(waits, NULL, "waits"); return 0; }
static void __exit out(void) { complete(&never); msleep(10); }
module_init(in);
module_exit(out);
)");
    const outcome r = s.run({"--for", "1500s"});
    BOOST_TEST(r.status == 2, r.err);
    BOOST_TEST(r.said("INFO: task waits:") == 10u, r.out);
    BOOST_TEST(r.when("blocked for more than 120 seconds.") > 240);
    BOOST_TEST(r.when("blocked for more than 120 seconds.") < 250);
    BOOST_TEST(r.said("      Tainted: G           O       6.1.") == 10u, r.out);
    BOOST_TEST(r.said("Future hung task reports are suppressed, see sysctl kernel.hung_task_warnings") == 1u);
    BOOST_TEST(r.err.find("  1330s CPU") != std::string::npos, r.err);
}
