// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Reading and trying of locks, sequence counters by their values, bit locks. */
#include "probe.h"

#include <linux/bit_spinlock.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>

static DEFINE_SPINLOCK(spin);
static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_RWLOCK(rw);
static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(sem);
static DEFINE_SEQLOCK(seq);
static seqcount_t count = SEQCNT_ZERO(count);
static atomic_t counted = ATOMIC_INIT(2);

static int other(void *unused)
{
	FACT(spin_trylock(&spin));
	FACT(raw_spin_trylock(&raw));
	FACT(write_trylock(&rw));
	FACT(mutex_trylock(&mutex));
	FACT(down_write_trylock(&sem));
	FACT(down_read_trylock(&sem));
	up_read(&sem);
	return 0;
}

static void probe(void)
{
	unsigned long flags, bits = 0;
	struct task_struct *task;
	unsigned int begin;
	int lockseq = 0;

	mutex_lock(&mutex);
	down_read(&sem);
	spin_lock_irqsave(&spin, flags);
	raw_spin_lock(&raw);
	read_lock(&rw);
	FACT(spin_is_locked(&spin));
	FACT(raw_spin_is_locked(&raw));
	FACT(read_trylock(&rw));
	read_unlock(&rw);
	FACT(write_trylock(&rw));
	FACT(irqs_disabled());
	read_unlock(&rw);
	raw_spin_unlock(&raw);
	spin_unlock_irqrestore(&spin, flags);
	FACT(irqs_disabled());
	spin_lock(&spin);
	raw_spin_lock(&raw);
	write_lock(&rw);
	write_unlock(&rw);
	raw_spin_unlock(&raw);
	spin_unlock(&spin);
	task = kthread_create(other, NULL, "oracle-trylock");
	get_task_struct(task);
	wake_up_process(task);
	kthread_stop(task);
	put_task_struct(task);
	FACT(mutex_is_locked(&mutex));
	FACT(rwsem_is_locked(&sem));
	FACT(rwsem_is_contended(&sem));
	mutex_unlock(&mutex);
	up_read(&sem);
	FACT(mutex_is_locked(&mutex));
	FACT(mutex_lock_interruptible(&mutex));
	mutex_unlock(&mutex);
	FACT(mutex_lock_killable(&mutex));
	FACT(atomic_dec_and_mutex_lock(&counted, &mutex));
	mutex_unlock(&mutex);
	FACT(atomic_dec_and_mutex_lock(&counted, &mutex));
	FACT(mutex_is_locked(&mutex));
	mutex_unlock(&mutex);
	atomic_set(&counted, 1);
	FACT(atomic_dec_and_lock(&counted, &spin));
	spin_unlock(&spin);
	FACT(down_read_interruptible(&sem));
	FACT(down_write_trylock(&sem));
	up_read(&sem);
	FACT(down_write_killable(&sem));
	FACT(down_read_trylock(&sem));
	downgrade_write(&sem);
	FACT(down_read_trylock(&sem));
	up_read(&sem);
	up_read(&sem);
	FACT(rwsem_is_locked(&sem));

	begin = read_seqbegin(&seq);
	FACT(begin);
	FACT(read_seqretry(&seq, begin));
	write_seqlock(&seq);
	FACT(seq.seqcount.seqcount.sequence);
	write_sequnlock(&seq);
	FACT(read_seqretry(&seq, begin));
	FACT(seq.seqcount.seqcount.sequence);
	read_seqlock_excl(&seq);
	FACT(seq.seqcount.seqcount.sequence);
	read_sequnlock_excl(&seq);
	read_seqbegin_or_lock(&seq, &lockseq);
	FACT(lockseq);
	FACT(need_seqretry(&seq, lockseq));
	done_seqretry(&seq, lockseq);
	preempt_disable();
	raw_write_seqcount_begin(&count);
	FACT(raw_read_seqcount(&count));
	raw_write_seqcount_end(&count);
	write_seqcount_invalidate(&count);
	FACT(count.sequence);
	preempt_enable();
	FACT(read_seqcount_retry(&count, 0));

	FACT(bit_spin_trylock(3, &bits));
	FACT(bits);
	FACT(bit_spin_is_locked(3, &bits));
	bit_spin_unlock(3, &bits);
	FACT(bits);
}

static void leave(void)
{
}
