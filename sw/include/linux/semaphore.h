/* SPDX-License-Identifier: Apache-2.0 */
/* Counting semaphores (Linux's include/linux/semaphore.h). up() and down_trylock() may be called in any context. */
#ifndef __LINUX_SEMAPHORE_H
#define __LINUX_SEMAPHORE_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct semaphore {
	raw_spinlock_t lock;
	unsigned int count;
	struct list_head wait_list;
};

#define __SEMAPHORE_INITIALIZER(name, n)                                                                               \
	{ __RAW_SPIN_LOCK_INITIALIZER((name).lock), (unsigned int)(n), LIST_HEAD_INIT((name).wait_list) }
#define DEFINE_SEMAPHORE(name) struct semaphore name = __SEMAPHORE_INITIALIZER(name, 1)

__BEGIN_DECLS
void sema_init(struct semaphore *sem, int val);
void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem); /* 0 or -EINTR */
int __must_check down_killable(struct semaphore *sem);	    /* 0 or -EINTR */
int __must_check down_trylock(struct semaphore *sem);	    /* 0: taken; 1: not */
int __must_check down_timeout(struct semaphore *sem, long jiffies_to_wait); /* 0 or -ETIME */
void up(struct semaphore *sem);
__END_DECLS

#endif
