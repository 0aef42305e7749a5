// SPDX-License-Identifier: Apache-2.0
//
// RCU: callbacks and synchronize_rcu() come after every reader that was there before, preempted ones included.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(a_grace_period_waits_for_a_reader_that_spins_and_for_one_that_was_preempted) {
    in_kernel(R"(
static int inside, leave, synced, called, cpu_of_reader;
static struct rcu_head head;
static void callback(struct rcu_head *h) { CHECK(in_serving_softirq()); CHECK(h == &head); called++; }
static int reader(void *arg)
{
	rcu_read_lock();
	rcu_read_lock(); /* nests */
	rcu_read_unlock();
	WRITE_ONCE(inside, 1);
	while (!READ_ONCE(leave))
		udelay(5);
	SAME(synced, 0); SAME(called, 0);
	rcu_read_unlock();
	return 0;
}
static int hog(void *arg) { mdelay(30); return 0; }
static int syncer(void *arg) { synchronize_rcu(); synced = 1; return 0; }
static void test(void)
{
	struct task_struct *r, *h;
	int round;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (round = 0; round < 2; round++) {
		inside = leave = synced = called = 0;
		r = thread_on(2, reader, NULL, "reader");
		wake_up_process(r);
		WAIT_FOR(inside);
		if (round) { /* preempted by a better task for 30 ms */
			h = thread_on(2, hog, NULL, "hog");
			sched_set_fifo(h);
			wake_up_process(h);
		}
		call_rcu(&head, callback);
		kthread_run(syncer, NULL, "syncer");
		msleep(40);
		SAME(synced, 0); SAME(called, 0);
		leave = 1;
		WAIT_FOR(synced); WAIT_FOR(called == 1);
		finish(r);
	}
	(void)cpu_of_reader;
}
)");
}

BOOST_AUTO_TEST_CASE(rcu_barrier_waits_for_all_callbacks_of_all_cpus_and_kfree_rcu_frees) {
    in_kernel(R"(
static atomic_t called = ATOMIC_INIT(0);
struct item { struct rcu_head head; int value; };
static struct item items[40];
static void callback(struct rcu_head *h) { udelay(20); atomic_inc(&called); }
static void queue_ten(void *arg) { int i, cpu = smp_processor_id(); for (i = 0; i < 10; i++) call_rcu(&items[cpu * 10 + i].head, callback); }
static void test(void)
{
	struct item *freed = kmalloc(sizeof(*freed), GFP_KERNEL);
	kfree_rcu(freed, head);
	preempt_disable();
	smp_call_function(queue_ten, NULL, 1);
	queue_ten(NULL);
	preempt_enable();
	rcu_barrier();
	SAME(atomic_read(&called), 40);
}
)");
}

BOOST_AUTO_TEST_CASE(readers_that_follow_each_other_closely_hold_a_grace_period_up_for_a_second_at_most) {
    in_kernel(R"(
static int reader(void *arg)
{
	while (!kthread_should_stop()) {
		rcu_read_lock();
		udelay(4000); /* whenever the tick comes, it finds a reader */
		rcu_read_unlock();
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t = thread_on(2, reader, NULL, "reader");
	unsigned long begin;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	wake_up_process(t);
	msleep(10);
	begin = jiffies;
	synchronize_rcu();
	CHECK(jiffies - begin < HZ + 10);
	finish(t);
}
)");
}

BOOST_AUTO_TEST_CASE(readers_of_a_list_see_old_or_new_entries_while_a_writer_replaces_them) {
    in_kernel(R"(
struct entry { struct list_head list; struct rcu_head head; int value, check; };
static LIST_HEAD(nodes);
static int wrong, passes;
static void release(struct rcu_head *h) { struct entry *n = container_of(h, struct entry, head); n->check = 0xdead; kfree(n); }
static int reader(void *arg)
{
	while (!kthread_should_stop()) {
		struct entry *n;
		rcu_read_lock();
		list_for_each_entry_rcu(n, &nodes, list) {
			int v = n->value;
			udelay(1);
			if (n->check != ~v) wrong++;
		}
		rcu_read_unlock();
		if (++passes % 4 == 0)
			usleep_range(5, 10);
	}
	return 0;
}
static struct entry *make(int v) { struct entry *n = kmalloc(sizeof(*n), GFP_KERNEL); n->value = v; n->check = ~v; return n; }
static void test(void)
{
	struct task_struct *t[3];
	int i;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < 4; i++)
		list_add_tail_rcu(&make(i)->list, &nodes);
	for (i = 0; i < 3; i++) {
		t[i] = thread_on(i + 1, reader, NULL, "reader");
		wake_up_process(t[i]);
	}
	for (i = 0; i < 200; i++) {
		struct entry *old = list_first_entry(&nodes, struct entry, list);
		list_add_tail_rcu(&make(100 + i)->list, &nodes);
		list_del_rcu(&old->list);
		call_rcu(&old->head, release);
		if (i % 50 == 0)
			synchronize_rcu();
		udelay(3);
	}
	for (i = 0; i < 3; i++)
		finish(t[i]);
	SAME(wrong, 0); CHECK(passes > 50);
	rcu_barrier();
	while (!list_empty(&nodes)) {
		struct entry *n = list_first_entry(&nodes, struct entry, list);
		list_del(&n->list);
		kfree(n);
	}
}
)");
}

BOOST_AUTO_TEST_CASE(synchronize_rcu_inside_a_reader_is_reported) {
    const outcome r = in_kernel("static void test(void) { rcu_read_lock(); might_sleep(); rcu_read_unlock(); }",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("RCU nest depth: 1, expected: 0") == 1u, r.out);
}
