/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spinlocks (Linux's include/linux/spinlock.h). Taking one disables preemption; the _irq forms also mask interrupts of this core, the
 * _bh forms also hold back softirqs. The holder must not sleep. Waiting is in order of arrival, in WFE.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <asm/barrier.h>
#include <linux/atomic.h>
#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>
#include <linux/thread_info.h>

__BEGIN_DECLS
/* nature: LOCKDEP_SLEEPS_ON_RT for the raw lock in a spinlock_t. */
void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key, short nature);
/* Within `nest`, which the caller holds: locks of this class may be taken in any order. */
void _raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *nest);
void _raw_spin_lock(raw_spinlock_t *lock);
void _raw_spin_lock_nested(raw_spinlock_t *lock, int subclass);
unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock, int subclass);
void _raw_spin_lock_bh(raw_spinlock_t *lock);
void _raw_spin_lock_irq(raw_spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock);
int _raw_spin_trylock(raw_spinlock_t *lock);
int _raw_spin_trylock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock(raw_spinlock_t *lock);
void _raw_spin_unlock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock_irq(raw_spinlock_t *lock);
void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags);

/* Without debugging and preemption counting, for the lock code and the like. */
void arch_spin_lock(arch_spinlock_t *lock);
int arch_spin_trylock(arch_spinlock_t *lock);
void arch_spin_unlock(arch_spinlock_t *lock);

/* 1, with the lock held, if the counter reached 0. */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock);
int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags);
__END_DECLS

static inline int arch_spin_is_locked(const arch_spinlock_t *lock)
{
	return READ_ONCE(lock->owner) != READ_ONCE(lock->next);
}

#define raw_spin_lock_init(lock)                                                                                       \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		__raw_spin_lock_init((lock), #lock, &__key, 0);                                                        \
	} while (0)

#define raw_spin_is_locked(lock) arch_spin_is_locked(&(lock)->raw_lock)
#define raw_spin_is_contended(lock)                                                                                    \
	((u16)(READ_ONCE((lock)->raw_lock.next) - READ_ONCE((lock)->raw_lock.owner)) > 1)

#define raw_spin_lock(lock) _raw_spin_lock(lock)
#define raw_spin_lock_nested(lock, subclass) _raw_spin_lock_nested(lock, subclass)
#define raw_spin_lock_nest_lock(lock, nest_lock) _raw_spin_lock_nest_lock(lock, &(nest_lock)->dep_map)
#define raw_spin_lock_bh(lock) _raw_spin_lock_bh(lock)
#define raw_spin_lock_irq(lock) _raw_spin_lock_irq(lock)
#define raw_spin_lock_irqsave(lock, flags) do { (flags) = _raw_spin_lock_irqsave(lock); } while (0)
#define raw_spin_lock_irqsave_nested(lock, flags, subclass)                                                            \
	do { (flags) = _raw_spin_lock_irqsave_nested(lock, subclass); } while (0)
#define raw_spin_trylock(lock) _raw_spin_trylock(lock)
#define raw_spin_trylock_bh(lock) _raw_spin_trylock_bh(lock)
#define raw_spin_unlock(lock) _raw_spin_unlock(lock)
#define raw_spin_unlock_bh(lock) _raw_spin_unlock_bh(lock)
#define raw_spin_unlock_irq(lock) _raw_spin_unlock_irq(lock)
#define raw_spin_unlock_irqrestore(lock, flags) _raw_spin_unlock_irqrestore(lock, flags)

#define raw_spin_trylock_irq(lock)                                                                                     \
	({                                                                                                             \
		local_irq_disable();                                                                                   \
		raw_spin_trylock(lock) ? 1 : ({ local_irq_enable(); 0; });                                             \
	})
#define raw_spin_trylock_irqsave(lock, flags)                                                                          \
	({                                                                                                             \
		local_irq_save(flags);                                                                                 \
		raw_spin_trylock(lock) ? 1 : ({ local_irq_restore(flags); 0; });                                       \
	})

static __always_inline raw_spinlock_t *spinlock_check(spinlock_t *lock)
{
	return &lock->rlock;
}

#define spin_lock_init(_lock)                                                                                          \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		__raw_spin_lock_init(spinlock_check(_lock), #_lock, &__key, LOCKDEP_SLEEPS_ON_RT);                     \
	} while (0)

static __always_inline void spin_lock(spinlock_t *lock)
{
	_raw_spin_lock(&lock->rlock);
}

static __always_inline void spin_lock_bh(spinlock_t *lock)
{
	_raw_spin_lock_bh(&lock->rlock);
}

static __always_inline void spin_lock_irq(spinlock_t *lock)
{
	_raw_spin_lock_irq(&lock->rlock);
}

#define spin_trylock(lock) _raw_spin_trylock(spinlock_check(lock))
#define spin_trylock_bh(lock) _raw_spin_trylock_bh(spinlock_check(lock))

static __always_inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	_raw_spin_unlock_irqrestore(&lock->rlock, flags);
}

static __always_inline void spin_unlock_irq(spinlock_t *lock)
{
	_raw_spin_unlock_irq(&lock->rlock);
}

static __always_inline void spin_unlock_bh(spinlock_t *lock)
{
	_raw_spin_unlock_bh(&lock->rlock);
}

static __always_inline void spin_unlock(spinlock_t *lock)
{
	_raw_spin_unlock(&lock->rlock);
}

#define spin_is_contended(lock) raw_spin_is_contended(&(lock)->rlock)
#define spin_is_locked(lock) raw_spin_is_locked(&(lock)->rlock)
#define spin_lock_nested(lock, subclass) raw_spin_lock_nested(spinlock_check(lock), subclass)
#define spin_lock_bh_nested(lock, subclass) spin_lock_bh(lock)
#define spin_lock_nest_lock(lock, nest_lock) raw_spin_lock_nest_lock(spinlock_check(lock), nest_lock)
#define spin_lock_irqsave(lock, flags) do { (flags) = _raw_spin_lock_irqsave(spinlock_check(lock)); } while (0)
#define spin_lock_irqsave_nested(lock, flags, subclass)                                                                \
	raw_spin_lock_irqsave_nested(spinlock_check(lock), flags, subclass)
#define spin_trylock_irq(lock) raw_spin_trylock_irq(spinlock_check(lock))
#define spin_trylock_irqsave(lock, flags) raw_spin_trylock_irqsave(spinlock_check(lock), flags)
#define spin_needbreak(lock) spin_is_contended(lock)
#define assert_spin_locked(lock) BUG_ON(!spin_is_locked(lock))
#define assert_raw_spin_locked(lock) BUG_ON(!raw_spin_is_locked(lock))

#define atomic_dec_and_lock(atomic, lock) _atomic_dec_and_lock(atomic, lock)
#define atomic_dec_and_lock_irqsave(atomic, lock, flags) _atomic_dec_and_lock_irqsave(atomic, lock, &(flags))

#define smp_mb__after_spinlock() smp_mb()

#include <linux/rwlock.h>

#ifndef __cplusplus
DEFINE_LOCK_GUARD_1(raw_spinlock, raw_spinlock_t, raw_spin_lock(_T->lock), raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irq, raw_spinlock_t, raw_spin_lock_irq(_T->lock), raw_spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irqsave, raw_spinlock_t, raw_spin_lock_irqsave(_T->lock, _T->flags),
		    raw_spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
DEFINE_LOCK_GUARD_1(spinlock, spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irq, spinlock_t, spin_lock_irq(_T->lock), spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irqsave, spinlock_t, spin_lock_irqsave(_T->lock, _T->flags),
		    spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
#endif

#endif
