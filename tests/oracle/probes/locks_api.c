// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Locks: what try-functions return, what is locked after. */
#include "probe.h"
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

static DEFINE_MUTEX(m);
static DECLARE_RWSEM(rw);
static DEFINE_SEMAPHORE(s);
static DEFINE_SPINLOCK(sp);
static DEFINE_RWLOCK(rwl);
static DEFINE_SEQLOCK(sq);

static void probe(void)
{
	FACT(mutex_trylock(&m));
	FACT(mutex_trylock(&m));
	FACT(mutex_is_locked(&m));
	mutex_unlock(&m);
	FACT(mutex_is_locked(&m));
	FACT(mutex_lock_interruptible(&m));
	mutex_unlock(&m);
	FACT(mutex_lock_killable(&m));
	mutex_unlock(&m);
	FACT(down_read_trylock(&rw));
	FACT(down_read_trylock(&rw));
	FACT(down_write_trylock(&rw));
	FACT(rwsem_is_locked(&rw));
	up_read(&rw);
	up_read(&rw);
	FACT(down_write_trylock(&rw));
	FACT(down_read_trylock(&rw));
	downgrade_write(&rw);
	FACT(down_read_trylock(&rw));
	up_read(&rw);
	up_read(&rw);
	FACT(rwsem_is_locked(&rw));
	FACT(down_read_interruptible(&rw));
	up_read(&rw);
	FACT(down_write_killable(&rw));
	up_write(&rw);
	FACT(down_trylock(&s));
	FACT(down_trylock(&s));
	FACT(down_timeout(&s, 2));
	up(&s);
	FACT(down_interruptible(&s));
	up(&s);
	up(&s);
	FACT(s.count);
	FACT(spin_trylock(&sp));
	FACT(spin_trylock(&sp));
	FACT(spin_is_locked(&sp));
	spin_unlock(&sp);
	FACT(read_trylock(&rwl));
	FACT(read_trylock(&rwl));
	FACT(write_trylock(&rwl));
	read_unlock(&rwl);
	read_unlock(&rwl);
	FACT(write_trylock(&rwl));
	FACT(read_trylock(&rwl));
	write_unlock(&rwl);
	{
		unsigned int q = read_seqbegin(&sq);

		FACT(q);
		FACT(read_seqretry(&sq, q));
		write_seqlock(&sq);
		FACT(sq.seqcount.seqcount.sequence);
		write_sequnlock(&sq);
		FACT(read_seqretry(&sq, q));
		FACT(sq.seqcount.seqcount.sequence);
	}
	FACT(atomic_dec_and_mutex_lock(&(atomic_t)ATOMIC_INIT(2), &m));
}

static void leave(void)
{
}
