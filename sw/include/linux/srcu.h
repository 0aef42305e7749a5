/* SPDX-License-Identifier: Apache-2.0 */
/* RCU whose readers may sleep, one domain a structure (Linux's include/linux/srcu.h). */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct srcu_struct {
	struct mutex mutex; /* one synchronize_srcu at a time */
	wait_queue_head_t wait;
	unsigned int idx; /* which counter new readers use */
	atomic_t readers[2];
	spinlock_t lock;
	struct rcu_head *first, *last; /* callbacks, in the order of call_srcu() */
	struct work_struct work; /* calls them */
};

#define __SRCU_STRUCT_INIT(name)                                                                                       \
	{                                                                                                              \
		__MUTEX_INITIALIZER(name.mutex), __WAIT_QUEUE_HEAD_INITIALIZER(name.wait), 0,                          \
			{ ATOMIC_INIT(0), ATOMIC_INIT(0) }, __SPIN_LOCK_UNLOCKED(name.lock), NULL, NULL,               \
			__WORK_INITIALIZER(name.work, __srcu_call_back)                                                \
	}
#define DEFINE_SRCU(name) struct srcu_struct name = __SRCU_STRUCT_INIT(name)
#define DEFINE_STATIC_SRCU(name) static struct srcu_struct name = __SRCU_STRUCT_INIT(name)

__BEGIN_DECLS
int init_srcu_struct(struct srcu_struct *ssp);
void cleanup_srcu_struct(struct srcu_struct *ssp);
int __srcu_read_lock(struct srcu_struct *ssp);
void __srcu_read_unlock(struct srcu_struct *ssp, int idx);
void synchronize_srcu(struct srcu_struct *ssp);
void synchronize_srcu_expedited(struct srcu_struct *ssp);
/* func runs in a task, softirqs off, when all readers of now are through. Any context. */
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func);
/* Waits for the callbacks of all call_srcu() before. May sleep. */
void srcu_barrier(struct srcu_struct *ssp);
void __srcu_call_back(struct work_struct *work);
__END_DECLS

static inline int srcu_read_lock(struct srcu_struct *ssp)
{
	return __srcu_read_lock(ssp);
}

static inline void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	__srcu_read_unlock(ssp, idx);
}

static inline int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return 1;
}

#define srcu_dereference(p, ssp) READ_ONCE(p)
#define srcu_dereference_check(p, ssp, c) READ_ONCE(p)

#endif
