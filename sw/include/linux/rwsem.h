/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sleeping locks for many readers or one writer (Linux's include/linux/rwsem.h). Waiters are served in order of arrival; a waiting
 * writer holds back later readers.
 */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>

struct rw_semaphore {
	raw_spinlock_t wait_lock;
	int count;   /* > 0: readers; -1: a writer; 0: free */
	void *owner; /* the writer (struct task_struct) */
	struct list_head wait_list;
	struct lockdep_map dep_map;
};

#define __RWSEM_INITIALIZER(name)                                                                                      \
	{ __RAW_SPIN_LOCK_INITIALIZER((name).wait_lock), 0, NULL, LIST_HEAD_INIT((name).wait_list), { NULL, #name } }
#define DECLARE_RWSEM(name) struct rw_semaphore name = __RWSEM_INITIALIZER(name)

__BEGIN_DECLS
void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key);
int rwsem_is_locked(struct rw_semaphore *sem);
int rwsem_is_contended(struct rw_semaphore *sem);
void down_read(struct rw_semaphore *sem);
void down_read_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_read_interruptible(struct rw_semaphore *sem); /* 0 or -EINTR */
int __must_check down_read_killable(struct rw_semaphore *sem);	    /* 0 or -EINTR */
int down_read_trylock(struct rw_semaphore *sem);		    /* 1: taken */
void down_write(struct rw_semaphore *sem);
void _down_write_nest_lock(struct rw_semaphore *sem, struct lockdep_map *nest);
void down_write_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_write_killable(struct rw_semaphore *sem); /* 0 or -EINTR */
int down_write_trylock(struct rw_semaphore *sem);		/* 1: taken */
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);
__END_DECLS

#define init_rwsem(sem) lockdep_init_with_key(__init_rwsem, sem, #sem)

#define down_write_nest_lock(sem, nest_lock) _down_write_nest_lock(sem, &(nest_lock)->dep_map)
#define down_read_non_owner(sem) down_read(sem)
#define up_read_non_owner(sem) up_read(sem)

#endif
