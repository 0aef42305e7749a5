/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeping locks with one owner (Linux's include/linux/mutex.h). Task context only; the owner unlocks; no recursion. */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <asm/current.h>
#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock_types.h>

struct mutex {
	atomic_long_t owner; /* the task, and MUTEX_FLAG_* in its low bits */
	raw_spinlock_t wait_lock;
	struct list_head wait_list; /* struct mutex_waiter, first come first */
	void *magic;		    /* the mutex itself: it was initialised and not copied */
	struct lockdep_map dep_map;
};

#define __MUTEX_INITIALIZER(lockname)                                                                                  \
	{                                                                                                              \
		ATOMIC_LONG_INIT(0), __RAW_SPIN_LOCK_INITIALIZER(lockname.wait_lock),                                  \
			LIST_HEAD_INIT(lockname.wait_list), (void *)&lockname, { NULL, #lockname }                     \
	}
#define DEFINE_MUTEX(mutexname) struct mutex mutexname = __MUTEX_INITIALIZER(mutexname)

__BEGIN_DECLS
void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
/* Nothing may hold it. */
void mutex_destroy(struct mutex *lock);
bool mutex_is_locked(struct mutex *lock);
void mutex_lock(struct mutex *lock);
void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
/* 0, or -EINTR when a signal (for _killable: a deadly one) came first. */
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
void mutex_lock_io(struct mutex *lock);
/* Within `nest`, which the caller holds: mutexes of this class may be taken in any order. */
void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest);
/* 1 if taken now, else 0. Never sleeps, but belongs into tasks all the same. */
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
/* Decrements; 1, with the mutex held, if the counter reached 0. */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);
__END_DECLS

#define mutex_init(mutex) lockdep_init_with_key(__mutex_init, mutex, #mutex)

#ifndef __cplusplus
DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
#endif

#define mutex_lock_nest_lock(lock, nest_lock) _mutex_lock_nest_lock(lock, &(nest_lock)->dep_map)
#define mutex_lock_interruptible_nested(lock, subclass) mutex_lock_interruptible(lock)
#define mutex_lock_killable_nested(lock, subclass) mutex_lock_killable(lock)

#endif
