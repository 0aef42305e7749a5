// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Locks: trylock answers, interruptible waits, is_locked, counts, seqlocks. */
#include "probe.h"
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/sched/signal.h>

static DEFINE_MUTEX(m);
static DECLARE_RWSEM(rw);
static DEFINE_SEMAPHORE(sem);
static DEFINE_SPINLOCK(sp);
static DEFINE_RWLOCK(rl);
static DEFINE_SEQLOCK(sq);
static int waits(void *x)
{
	allow_signal(SIGINT);
	SAY("mutex %d", mutex_lock_interruptible(&m));
	flush_signals(current);
	SAY("sem %d", down_interruptible(&sem));
	flush_signals(current);
	SAY("killable %d", down_timeout(&sem, 2));
	SAY("rwsem read try %d write try %d", down_read_trylock(&rw), down_write_trylock(&rw));
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t;
	unsigned int seq;
	atomic_t cnt = ATOMIC_INIT(2);

	FACT(mutex_trylock(&m));
	FACT(mutex_trylock(&m));
	FACT(mutex_is_locked(&m));
	FACT(down_trylock(&sem));
	FACT(down_trylock(&sem));
	down_write(&rw);
	t = kthread_run(waits, NULL, "waits");
	msleep(5);
	send_sig(SIGINT, t, 0);
	msleep(5);
	send_sig(SIGINT, t, 0);
	msleep(30);
	FACT(rwsem_is_locked(&rw));
	downgrade_write(&rw);
	FACT(down_read_trylock(&rw));
	FACT(down_write_trylock(&rw));
	up_read(&rw);
	up_read(&rw);
	FACT(rwsem_is_locked(&rw));
	mutex_unlock(&m);
	FACT(mutex_is_locked(&m));
	up(&sem);
	up(&sem);
	FACT(sem.count);
	FACT(down_killable(&sem));
	FACT(spin_trylock(&sp));
	FACT(spin_is_locked(&sp));
	FACT(spin_trylock(&sp));
	spin_unlock(&sp);
	FACT(spin_is_contended(&sp));
	FACT(read_trylock(&rl));
	FACT(write_trylock(&rl));
	FACT(read_trylock(&rl));
	read_unlock(&rl);
	read_unlock(&rl);
	FACT(write_trylock(&rl));
	FACT(read_trylock(&rl));
	write_unlock(&rl);
	seq = read_seqbegin(&sq);
	FACT(seq);
	write_seqlock(&sq);
	FACT(read_seqretry(&sq, seq));
	write_sequnlock(&sq);
	FACT(read_seqbegin(&sq));
	FACT(atomic_dec_and_mutex_lock(&cnt, &m));
	FACT(atomic_dec_and_mutex_lock(&cnt, &m));
	mutex_unlock(&m);
	FACT(atomic_read(&cnt));
	atomic_set(&cnt, 1);
	FACT(atomic_dec_and_lock(&cnt, &sp));
	spin_unlock(&sp);
	kthread_stop(t);
}

static void leave(void)
{
}
