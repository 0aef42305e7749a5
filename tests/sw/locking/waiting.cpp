// SPDX-License-Identifier: Apache-2.0
//
// Wait queues and completions: who is woken, how many, and what the waiting functions give.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(a_completion_lets_one_through_for_each_complete_and_all_for_complete_all) {
    in_kernel(R"(
static DECLARE_COMPLETION(c);
static int through;
static int waiter(void *arg) { wait_for_completion(&c); through++; return 0; }
static void complete_it(void *arg) { complete(&c); }
static void test(void)
{
	int i;
	CHECK(!completion_done(&c)); CHECK(!try_wait_for_completion(&c));
	SAME(wait_for_completion_timeout(&c, 3), 0);
	complete(&c); complete(&c);
	CHECK(completion_done(&c)); CHECK(try_wait_for_completion(&c));
	CHECK(wait_for_completion_timeout(&c, 3) > 0);
	CHECK(!completion_done(&c));
	for (i = 0; i < 4; i++)
		kthread_run(waiter, NULL, "w%d", i);
	msleep(10);
	complete(&c);
	msleep(10);
	SAME(through, 1);
	ON_CPU((raw_smp_processor_id() + 1) % 4, complete_it, NULL);
	msleep(10);
	SAME(through, 2);
	complete_all(&c);
	msleep(10);
	SAME(through, 4);
	wait_for_completion(&c); wait_for_completion(&c); /* and for ever after */
	reinit_completion(&c);
	SAME(wait_for_completion_interruptible_timeout(&c, 2), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(wait_event_returns_when_the_condition_holds_and_the_timed_forms_say_what_remained) {
    in_kernel(R"(
static DECLARE_WAIT_QUEUE_HEAD(wq);
static int condition, woken, result = 1;
static int waiter(void *arg) { wait_event(wq, READ_ONCE(condition)); woken++; return 0; }
static int interruptible(void *arg)
{
	allow_signal(SIGINT);
	result = wait_event_interruptible(wq, READ_ONCE(condition) == 5);
	while (!kthread_should_stop()) { flush_signals(current); schedule_timeout_interruptible(1); }
	return 0;
}
static void test(void)
{
	struct task_struct *t;
	long left;
	kthread_run(waiter, NULL, "waiter");
	msleep(10);
	wake_up(&wq);	/* without the condition nothing goes on */
	msleep(10);
	SAME(woken, 0);
	CHECK(waitqueue_active(&wq));
	condition = 1;
	wake_up(&wq);
	WAIT_FOR(woken == 1);
	CHECK(!waitqueue_active(&wq));
	SAME(wait_event_timeout(wq, condition == 2, 5), 0);
	SAME(wait_event_timeout(wq, condition == 1, 5), 5); /* at once: all of it remains */
	left = wait_event_interruptible_timeout(wq, condition == 2, 4);
	SAME(left, 0);
	t = kthread_run(interruptible, NULL, "interruptible");
	msleep(10);
	send_sig(SIGINT, t, 1);
	WAIT_FOR(result != 1);
	SAME(result, -ERESTARTSYS);
	finish(t);
}
)");
}

BOOST_AUTO_TEST_CASE(exclusive_waiters_are_woken_one_at_a_time_in_order_and_the_others_all) {
    in_kernel(R"(
static DECLARE_WAIT_QUEUE_HEAD(wq);
static int order[6], n;
static int exclusive(void *arg)
{
	DEFINE_WAIT(wait);
	prepare_to_wait_exclusive(&wq, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&wq, &wait);
	order[n++] = (long)arg;
	return 0;
}
static int shared(void *arg)
{
	DEFINE_WAIT(wait);
	prepare_to_wait(&wq, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&wq, &wait);
	order[n++] = (long)arg;
	return 0;
}
static void test(void)
{
	long i;
	for (i = 0; i < 3; i++) {
		wake_up_process(thread_on(1, exclusive, (void *)i, "e"));
		msleep(5);
	}
	for (i = 10; i < 12; i++) {
		wake_up_process(thread_on(2, shared, (void *)i, "s"));
		msleep(5);
	}
	wake_up(&wq); /* all that are not exclusive, and the first that is */
	msleep(10);
	SAME(n, 3);
	wake_up(&wq);
	msleep(10);
	SAME(n, 4);
	wake_up_all(&wq);
	msleep(10);
	SAME(n, 5);
	SAME(order[3], 1); SAME(order[4], 2);
}
)");
}
