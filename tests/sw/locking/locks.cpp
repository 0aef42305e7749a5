// SPDX-License-Identifier: Apache-2.0
//
// Locks: who gets them, in which order, in which context.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(each_form_of_spin_lock_holds_off_what_it_says) {
    in_kernel(R"(
static DEFINE_SPINLOCK(lock);
static DEFINE_RAW_SPINLOCK(raw);
static void test(void)
{
	unsigned long flags;
	spin_lock(&lock); SAME(preempt_count(), 1); CHECK(!irqs_disabled()); CHECK(spin_is_locked(&lock)); spin_unlock(&lock);
	SAME(preempt_count(), 0); CHECK(!spin_is_locked(&lock));
	spin_lock_bh(&lock); SAME(preempt_count(), 0x201); CHECK(!irqs_disabled()); spin_unlock_bh(&lock); SAME(preempt_count(), 0);
	spin_lock_irq(&lock); SAME(preempt_count(), 1); CHECK(irqs_disabled()); spin_unlock_irq(&lock); CHECK(!irqs_disabled());
	spin_lock_irqsave(&lock, flags); CHECK(irqs_disabled()); spin_unlock_irqrestore(&lock, flags); CHECK(!irqs_disabled());
	local_irq_disable();
	spin_lock_irqsave(&lock, flags); spin_unlock_irqrestore(&lock, flags);
	CHECK(irqs_disabled()); /* as it was before */
	local_irq_enable();
	CHECK(spin_trylock(&lock)); SAME(preempt_count(), 1);
	CHECK(!spin_trylock(&lock)); SAME(preempt_count(), 1);
	CHECK(!spin_trylock_bh(&lock)); SAME(preempt_count(), 1);
	spin_unlock(&lock);
	raw_spin_lock_irqsave(&raw, flags); CHECK(irqs_disabled()); raw_spin_unlock_irqrestore(&raw, flags);
	SAME(preempt_count(), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_contended_spin_lock_is_served_in_the_order_of_arrival_and_excludes) {
    in_kernel(R"(
static DEFINE_SPINLOCK(lock);
static int order[4], n, inside, total;
static int contender(void *arg)
{
	long i = (long)arg;
	int k;
	udelay(10 * i);
	spin_lock(&lock);
	order[n++] = i;
	spin_unlock(&lock);
	for (k = 0; k < 500; k++) {
		spin_lock(&lock);
		SAME(++inside, 1);
		total++;
		inside--;
		spin_unlock(&lock);
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t[3];
	long i;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < 3; i++)
		t[i] = thread_on(i + 1, contender, (void *)i, "contender");
	spin_lock(&lock);
	for (i = 2; i >= 0; i--)
		wake_up_process(t[i]);
	udelay(500);
	SAME(n, 0);
	CHECK(spin_is_contended(&lock));
	spin_unlock(&lock);
	for (i = 0; i < 3; i++)
		finish(t[i]);
	SAME(total, 1500);
	SAME(order[0], 0); SAME(order[1], 1); SAME(order[2], 2);
}
)");
}

BOOST_AUTO_TEST_CASE(readers_share_a_rwlock_and_a_writer_is_alone) {
    in_kernel(R"(
static DEFINE_RWLOCK(lock);
static int readers, most, writing, faults, stop;
static atomic_t reading = ATOMIC_INIT(0);
static int reader(void *arg)
{
	int n;
	while (!kthread_should_stop()) {
		read_lock(&lock);
		n = atomic_inc_return(&reading);
		if (n > most) most = n;
		if (READ_ONCE(writing)) faults++;
		udelay(5);
		atomic_dec(&reading);
		read_unlock(&lock);
		readers++;
		udelay(3);
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t[3];
	unsigned long flags;
	int i;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < 3; i++) {
		t[i] = thread_on(i + 1, reader, NULL, "reader");
		wake_up_process(t[i]);
	}
	for (i = 0; i < 200; i++) {
		write_lock(&lock);
		writing = 1;
		SAME(atomic_read(&reading), 0);
		udelay(2);
		writing = 0;
		write_unlock(&lock);
		udelay(7);
	}
	for (i = 0; i < 3; i++)
		finish(t[i]);
	SAME(faults, 0); CHECK(most >= 2); CHECK(readers > 100);
	write_lock_irqsave(&lock, flags); CHECK(irqs_disabled()); CHECK(!read_trylock(&lock)); write_unlock_irqrestore(&lock, flags);
	read_lock_bh(&lock); CHECK(in_softirq()); CHECK(!write_trylock(&lock)); CHECK(read_trylock(&lock)); read_unlock(&lock); read_unlock_bh(&lock);
	CHECK(write_trylock(&lock)); write_unlock(&lock);
	SAME(preempt_count(), 0);
	(void)stop;
}
)");
}

BOOST_AUTO_TEST_CASE(a_sequence_lock_makes_readers_repeat_what_a_writer_changed) {
    in_kernel(R"(
static DEFINE_SEQLOCK(lock);
static volatile long a, b;
static int retries, reads, torn;
static int reader(void *arg)
{
	while (!kthread_should_stop()) {
		unsigned seq;
		long x, y;
		int tries = 0;
		do {
			seq = read_seqbegin(&lock);
			x = a; udelay(1); y = b;
			tries++;
		} while (read_seqretry(&lock, seq));
		if (x != -y) torn++;
		retries += tries - 1;
		reads++;
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t = thread_on(1, reader, NULL, "reader");
	unsigned s;
	int i;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	wake_up_process(t);
	for (i = 0; i < 300; i++) {
		write_seqlock(&lock);
		a = i; udelay(1); b = -i;
		write_sequnlock(&lock);
		udelay(i % 5);
	}
	finish(t);
	SAME(torn, 0); CHECK(retries > 10); CHECK(reads > 50);
	s = read_seqbegin(&lock);
	SAME(s & 1, 0); SAME(s, 600);
	CHECK(!read_seqretry(&lock, s));
	write_seqlock(&lock); SAME(preempt_count(), 1); write_sequnlock(&lock);
	CHECK(read_seqretry(&lock, s));
}
)");
}

BOOST_AUTO_TEST_CASE(a_mutex_has_one_owner_and_its_waiters_sleep_until_it_is_free) {
    in_kernel(R"(
static DEFINE_MUTEX(lock);
static int got, result = 1;
static int waiter(void *arg) { mutex_lock(&lock); got = 1; mutex_unlock(&lock); return 0; }
static int interruptible(void *arg)
{
	allow_signal(SIGTERM);
	result = mutex_lock_interruptible(&lock);
	while (!kthread_should_stop()) { flush_signals(current); schedule_timeout_interruptible(1); }
	return 0;
}
static int inside, total;
static int adder(void *arg)
{
	int i;
	for (i = 0; i < 50; i++) {
		mutex_lock(&lock);
		SAME(++inside, 1);
		if (i % 10 == 0) usleep_range(20, 30);
		total++;
		inside--;
		mutex_unlock(&lock);
	}
	return 0;
}
static void test(void)
{
	struct task_struct *t, *a[4];
	int i;
	CHECK(!mutex_is_locked(&lock));
	mutex_lock(&lock);
	CHECK(mutex_is_locked(&lock)); SAME(preempt_count(), 0); CHECK(!mutex_trylock(&lock));
	t = kthread_create(waiter, NULL, "waiter"); get_task_struct(t); wake_up_process(t);
	msleep(10);
	SAME(got, 0); SAME(READ_ONCE(t->__state), TASK_UNINTERRUPTIBLE);
	mutex_unlock(&lock);
	WAIT_FOR(got);
	finish(t);
	CHECK(mutex_trylock(&lock));
	t = kthread_run(interruptible, NULL, "interruptible");
	msleep(10);
	SAME(READ_ONCE(t->__state), TASK_INTERRUPTIBLE);
	send_sig(SIGTERM, t, 1);
	WAIT_FOR(result != 1);
	SAME(result, -EINTR);
	finish(t);
	mutex_unlock(&lock);
	for (i = 0; i < 4; i++) {
		a[i] = thread_on(i, adder, NULL, "adder");
		wake_up_process(a[i]);
	}
	for (i = 0; i < 4; i++)
		finish(a[i]);
	WAIT_FOR(total == 200);
	CHECK(!mutex_is_locked(&lock));
}
)");
}

BOOST_AUTO_TEST_CASE(a_semaphore_counts_times_out_and_may_be_upped_by_anybody) {
    in_kernel(R"(
static struct semaphore sem;
static int through;
static int downer(void *arg) { down(&sem); through++; return 0; }
static void up_it(void *arg) { up(&sem); }
static void test(void)
{
	unsigned long begin;
	int i;
	sema_init(&sem, 2);
	SAME(down_trylock(&sem), 0); SAME(down_interruptible(&sem), 0);
	SAME(down_trylock(&sem), 1); /* as in Linux: 1 means not taken */
	begin = jiffies;
	SAME(down_timeout(&sem, 5), -ETIME);
	CHECK(jiffies - begin >= 5);
	for (i = 0; i < 3; i++)
		kthread_run(downer, NULL, "downer%d", i);
	msleep(10);
	SAME(through, 0);
	up(&sem);
	WAIT_FOR(through == 1);
	ON_CPU((raw_smp_processor_id() + 1) % 4, up_it, NULL); /* in interrupt context, too */
	WAIT_FOR(through == 2);
	up(&sem);
	WAIT_FOR(through == 3);
	SAME(down_trylock(&sem), 1);
	up(&sem);
	SAME(down_killable(&sem), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_rwsem_lets_readers_sleep_together_and_downgrades) {
    in_kernel(R"(
static DECLARE_RWSEM(sem);
static int readers, wrote;
static int reader(void *arg) { down_read(&sem); readers++; msleep(20); up_read(&sem); return 0; }
static int writer(void *arg) { down_write(&sem); wrote = readers + 1; up_write(&sem); return 0; }
static void test(void)
{
	down_write(&sem);
	CHECK(rwsem_is_locked(&sem)); CHECK(!down_read_trylock(&sem)); CHECK(!down_write_trylock(&sem));
	kthread_run(reader, NULL, "r1");
	kthread_run(reader, NULL, "r2");
	msleep(10);
	SAME(readers, 0);
	downgrade_write(&sem); /* this one reads on, and the others come in */
	msleep(5);
	SAME(readers, 2);
	CHECK(down_read_trylock(&sem)); up_read(&sem);
	kthread_run(writer, NULL, "w");
	msleep(5);
	SAME(wrote, 0);
	CHECK(!down_read_trylock(&sem)); /* nothing passes a waiting writer */
	up_read(&sem);
	WAIT_FOR(wrote);
	SAME(wrote, 3);
	CHECK(down_write_trylock(&sem)); up_write(&sem);
}
)");
}

BOOST_AUTO_TEST_CASE(a_writer_that_leaves_a_rwsem_lets_all_waiting_readers_in_those_behind_writers_too) {
    in_kernel(R"(
static DECLARE_RWSEM(sem);
static int first, wrote, second;
static int reader(void *arg) { int *in = arg; down_read(&sem); *in = 1 + wrote; msleep(20); up_read(&sem); return 0; }
static int writer(void *arg) { down_write(&sem); wrote = 1; up_write(&sem); return 0; }
static void test(void)
{
	down_write(&sem);
	kthread_run(reader, &first, "r1");
	msleep(5);
	kthread_run(writer, NULL, "w");
	msleep(5);
	kthread_run(reader, &second, "r2");
	msleep(5);
	SAME(first + second, 0);
	up_write(&sem);
	msleep(5);
	SAME(first, 1); SAME(second, 1); SAME(wrote, 0); /* both before the writer between them */
	WAIT_FOR(wrote);
}
)");
}

BOOST_AUTO_TEST_CASE(the_owner_of_an_rt_mutex_runs_with_the_priority_of_its_best_waiter_also_through_others) {
    in_kernel(R"(
#include <linux/rtmutex.h>
static DEFINE_RT_MUTEX(outer); static DEFINE_RT_MUTEX(inner);
static struct task_struct *middle;
static int best(void *arg) { sched_set_fifo(current); rt_mutex_lock(&inner); rt_mutex_unlock(&inner); return 0; }
static int between(void *arg) { rt_mutex_lock(&inner); rt_mutex_lock(&outer); rt_mutex_unlock(&outer); rt_mutex_unlock(&inner); return 0; }
static void test(void)
{
	const int own = current->prio;
	rt_mutex_lock(&outer);
	middle = kthread_run(between, NULL, "middle"); get_task_struct(middle);
	msleep(5);
	SAME(current->prio, own);
	kthread_run(best, NULL, "best");
	msleep(5);
	SAME(middle->prio, 49); SAME(current->prio, 49); /* FIFO 50 waits for middle, which waits for this one */
	SAME(middle->normal_prio, 120);
	rt_mutex_unlock(&outer);
	SAME(current->prio, own);
	msleep(5);
	put_task_struct(middle);
	CHECK(rt_mutex_trylock(&inner)); rt_mutex_unlock(&inner);
}
)");
}
