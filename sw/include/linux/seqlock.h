/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers that try again when a writer was there (Linux's include/linux/seqlock.h). Odd count: a writer is at work; readers wait for
 * it. Writers exclude each other, and must not be preempted or interrupted by a reader of the same count.
 */
#ifndef __LINUX_SEQLOCK_H
#define __LINUX_SEQLOCK_H

#include <asm/processor.h>
#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include "port/order.h"

typedef struct seqcount {
	unsigned int sequence;
} seqcount_t;

#define SEQCNT_ZERO(name) { 0 }
#define seqcount_init(s) do { (s)->sequence = 0; } while (0)

/* A count with the lock that its writers hold; the lock is only named, not taken. */
#define __SEQCOUNT_WITH_LOCK(lockname, locktype)                                                                       \
	typedef struct seqcount_##lockname {                                                                           \
		seqcount_t seqcount;                                                                                   \
		locktype *lock;                                                                                        \
	} seqcount_##lockname##_t
__SEQCOUNT_WITH_LOCK(raw_spinlock, raw_spinlock_t);
__SEQCOUNT_WITH_LOCK(spinlock, spinlock_t);
__SEQCOUNT_WITH_LOCK(rwlock, rwlock_t);
__SEQCOUNT_WITH_LOCK(mutex, struct mutex);

#define SEQCNT_RAW_SPINLOCK_ZERO(name, assoc_lock) { SEQCNT_ZERO(name), (assoc_lock) }
#define SEQCNT_SPINLOCK_ZERO(name, assoc_lock) { SEQCNT_ZERO(name), (assoc_lock) }
#define SEQCNT_RWLOCK_ZERO(name, assoc_lock) { SEQCNT_ZERO(name), (assoc_lock) }
#define SEQCNT_MUTEX_ZERO(name, assoc_lock) { SEQCNT_ZERO(name), (assoc_lock) }

#define __seqcount_lock_init(s, assoc_lock)                                                                            \
	do {                                                                                                           \
		(s)->seqcount.sequence = 0;                                                                            \
		(s)->lock = (assoc_lock);                                                                              \
	} while (0)
#define seqcount_raw_spinlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_spinlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_rwlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_mutex_init(s, lock) __seqcount_lock_init(s, lock)

/* Every kind begins with the plain count. */
#define __seqcount_ptr(s) ((seqcount_t *)(s))

static inline unsigned int __do_read_seqcount_begin(const seqcount_t *s)
{
	unsigned int seq;

	while (unlikely((seq = __atomic_load_n(&s->sequence, __ATOMIC_ACQUIRE)) & 1))
		cpu_relax();
	order_tell(seq_read_begin, s);
	return seq;
}

static inline int __do_read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	order_tell(seq_read_end, s);
	smp_rmb();
	return unlikely(READ_ONCE(s->sequence) != start);
}

static inline void __do_write_seqcount_begin(seqcount_t *s)
{
	order_tell(seq_write_begin, s);
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();
}

static inline void __do_write_seqcount_end(seqcount_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 1);
	order_tell(seq_write_end, s);
}

#define seqprop_sequence(s) READ_ONCE(__seqcount_ptr(s)->sequence)
#define raw_read_seqcount(s) __atomic_load_n(&__seqcount_ptr(s)->sequence, __ATOMIC_ACQUIRE)
#define raw_read_seqcount_begin(s) __do_read_seqcount_begin(__seqcount_ptr(s))
#define raw_seqcount_begin(s) (raw_read_seqcount(s) & ~1U)
#define read_seqcount_begin(s) __do_read_seqcount_begin(__seqcount_ptr(s))
#define read_seqcount_retry(s, start) __do_read_seqcount_retry(__seqcount_ptr(s), start)
#define __read_seqcount_begin(s) read_seqcount_begin(s)
#define __read_seqcount_retry(s, start) read_seqcount_retry(s, start)
#define raw_write_seqcount_begin(s) __do_write_seqcount_begin(__seqcount_ptr(s))
#define raw_write_seqcount_end(s) __do_write_seqcount_end(__seqcount_ptr(s))
#define write_seqcount_begin(s)                                                                                        \
	do {                                                                                                           \
		preempt_disable();                                                                                     \
		__do_write_seqcount_begin(__seqcount_ptr(s));                                                          \
	} while (0)
#define write_seqcount_begin_nested(s, subclass) write_seqcount_begin(s)
#define write_seqcount_end(s)                                                                                          \
	do {                                                                                                           \
		__do_write_seqcount_end(__seqcount_ptr(s));                                                            \
		preempt_enable();                                                                                      \
	} while (0)
#define write_seqcount_invalidate(s)                                                                                   \
	do {                                                                                                           \
		smp_wmb();                                                                                             \
		WRITE_ONCE(__seqcount_ptr(s)->sequence, __seqcount_ptr(s)->sequence + 2);                              \
	} while (0)

/* Two copies of the data, one of which is always whole: readers never wait, not even in NMI. */
typedef struct {
	seqcount_t seqcount;
} seqcount_latch_t;

#define SEQCNT_LATCH_ZERO(name) { SEQCNT_ZERO(name) }
#define seqcount_latch_init(s) seqcount_init(&(s)->seqcount)

static inline unsigned int raw_read_seqcount_latch(const seqcount_latch_t *s)
{
	return READ_ONCE(s->seqcount.sequence);
}

static inline int read_seqcount_latch_retry(const seqcount_latch_t *s, unsigned int start)
{
	smp_rmb();
	return unlikely(READ_ONCE(s->seqcount.sequence) != start);
}

static inline void raw_write_seqcount_latch(seqcount_latch_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->seqcount.sequence, s->seqcount.sequence + 1);
	smp_wmb();
}

typedef struct {
	seqcount_spinlock_t seqcount;
	spinlock_t lock;
} seqlock_t;

#define __SEQLOCK_UNLOCKED(lockname)                                                                                   \
	{ SEQCNT_SPINLOCK_ZERO(lockname, &(lockname).lock), __SPIN_LOCK_INITIALIZER(lockname) }
#define DEFINE_SEQLOCK(sl) seqlock_t sl = __SEQLOCK_UNLOCKED(sl)
#define seqlock_init(sl) ({ spin_lock_init(&(sl)->lock); seqcount_spinlock_init(&(sl)->seqcount, &(sl)->lock); })

static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return __do_read_seqcount_begin(&sl->seqcount.seqcount);
}

static inline unsigned int read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return (unsigned int)__do_read_seqcount_retry(&sl->seqcount.seqcount, start);
}

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	__do_write_seqcount_begin(&sl->seqcount.seqcount);
}

static inline void write_sequnlock(seqlock_t *sl)
{
	__do_write_seqcount_end(&sl->seqcount.seqcount);
	spin_unlock(&sl->lock);
}

static inline void write_seqlock_bh(seqlock_t *sl)
{
	spin_lock_bh(&sl->lock);
	__do_write_seqcount_begin(&sl->seqcount.seqcount);
}

static inline void write_sequnlock_bh(seqlock_t *sl)
{
	__do_write_seqcount_end(&sl->seqcount.seqcount);
	spin_unlock_bh(&sl->lock);
}

static inline void write_seqlock_irq(seqlock_t *sl)
{
	spin_lock_irq(&sl->lock);
	__do_write_seqcount_begin(&sl->seqcount.seqcount);
}

static inline void write_sequnlock_irq(seqlock_t *sl)
{
	__do_write_seqcount_end(&sl->seqcount.seqcount);
	spin_unlock_irq(&sl->lock);
}

static inline unsigned long __write_seqlock_irqsave(seqlock_t *sl)
{
	const unsigned long flags = _raw_spin_lock_irqsave(&sl->lock.rlock);

	__do_write_seqcount_begin(&sl->seqcount.seqcount);
	return flags;
}

#define write_seqlock_irqsave(lock, flags) ((void)((flags) = __write_seqlock_irqsave(lock)))

static inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	__do_write_seqcount_end(&sl->seqcount.seqcount);
	spin_unlock_irqrestore(&sl->lock, flags);
}

static inline void read_seqlock_excl(seqlock_t *sl)
{
	spin_lock(&sl->lock);
}

static inline void read_sequnlock_excl(seqlock_t *sl)
{
	spin_unlock(&sl->lock);
}

/* A reader's first round counts (*seq is even), its second one takes the lock (odd): so it comes to an end. */
static inline void read_seqbegin_or_lock(seqlock_t *lock, int *seq)
{
	if (*seq & 1)
		read_seqlock_excl(lock);
	else
		*seq = (int)read_seqbegin(lock);
}

static inline int need_seqretry(seqlock_t *lock, int seq)
{
	return !(seq & 1) && read_seqretry(lock, (unsigned int)seq);
}

static inline void done_seqretry(seqlock_t *lock, int seq)
{
	if (seq & 1)
		read_sequnlock_excl(lock);
}

#endif
