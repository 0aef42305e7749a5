/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes with priority inheritance (Linux's include/linux/rtmutex.h): the owner runs with the priority of its best waiter. */
#ifndef __LINUX_RT_MUTEX_H
#define __LINUX_RT_MUTEX_H

#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>

struct rt_mutex {
	void *owner; /* struct task_struct */
	struct rt_mutex *next_owned; /* by the same task */
	struct list_head waiters;
	struct lockdep_map dep_map;
};

#define __RT_MUTEX_INITIALIZER(mutexname)                                                                              \
	{ NULL, NULL, LIST_HEAD_INIT(mutexname.waiters), { NULL, #mutexname } }
#define DEFINE_RT_MUTEX(mutexname) struct rt_mutex mutexname = __RT_MUTEX_INITIALIZER(mutexname)

__BEGIN_DECLS
void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key);
void rt_mutex_lock(struct rt_mutex *lock);
int rt_mutex_lock_interruptible(struct rt_mutex *lock); /* 0 or -EINTR */
int rt_mutex_lock_killable(struct rt_mutex *lock);	/* 0 or -EINTR */
int rt_mutex_trylock(struct rt_mutex *lock);		/* 1: taken */
void rt_mutex_unlock(struct rt_mutex *lock);
__END_DECLS

static inline bool rt_mutex_base_is_locked(struct rt_mutex *lock)
{
	return READ_ONCE(lock->owner) != NULL;
}
#define rt_mutex_is_locked(lock) rt_mutex_base_is_locked(lock)

#define rt_mutex_init(mutex) lockdep_init_with_key(__rt_mutex_init, mutex, #mutex)
#define rt_mutex_lock_nested(lock, subclass) rt_mutex_lock(lock)

#endif
