/* SPDX-License-Identifier: Apache-2.0 */
/* RCU whose readers may sleep, one domain a structure (Linux's include/linux/srcu.h). */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct srcu_struct {
	struct mutex mutex; /* one synchronize_srcu at a time */
	wait_queue_head_t wait;
	unsigned int idx; /* which counter new readers use */
	atomic_t readers[2];
	/* Grace periods: how many have begun and have ended, and how many are wanted. */
	unsigned long started, completed, wanted;
	spinlock_t lock;
	struct rcu_head *callbacks; /* the newest first */
	struct work_struct work; /* has a grace period and calls them */
};

#define __SRCU_STRUCT_INIT(name)                                                                                       \
	{                                                                                                              \
		__MUTEX_INITIALIZER(name.mutex), __WAIT_QUEUE_HEAD_INITIALIZER(name.wait), 0,                          \
		{                                                                                                      \
			ATOMIC_INIT(0), ATOMIC_INIT(0)                                                                 \
		},                                                                                                     \
			0, 0, 0, __SPIN_LOCK_UNLOCKED(name.lock), NULL,                                                \
			__WORK_INITIALIZER(name.work, srcu_work)                                                       \
	}
#define DEFINE_SRCU(name) struct srcu_struct name = __SRCU_STRUCT_INIT(name)
#define DEFINE_STATIC_SRCU(name) static struct srcu_struct name = __SRCU_STRUCT_INIT(name)

__BEGIN_DECLS
void srcu_work(struct work_struct *work);
int init_srcu_struct(struct srcu_struct *ssp);
void cleanup_srcu_struct(struct srcu_struct *ssp);
int __srcu_read_lock(struct srcu_struct *ssp);
void __srcu_read_unlock(struct srcu_struct *ssp, int idx);
void synchronize_srcu(struct srcu_struct *ssp);
void synchronize_srcu_expedited(struct srcu_struct *ssp);
/* func(head) in process context, after all that read now have left. Any context. srcu_barrier() waits for them. */
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, void (*func)(struct rcu_head *head));
void srcu_barrier(struct srcu_struct *ssp);
/* As those of RCU. */
unsigned long get_state_synchronize_srcu(struct srcu_struct *ssp);
unsigned long start_poll_synchronize_srcu(struct srcu_struct *ssp);
bool poll_state_synchronize_srcu(struct srcu_struct *ssp, unsigned long cookie);
unsigned long srcu_batches_completed(struct srcu_struct *ssp);
void srcu_torture_stats_print(struct srcu_struct *ssp, char *tt, char *tf);
__END_DECLS

static inline int srcu_read_lock(struct srcu_struct *ssp)
{
	return __srcu_read_lock(ssp);
}

static inline void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	__srcu_read_unlock(ssp, idx);
}

#define srcu_read_lock_notrace(ssp) srcu_read_lock(ssp)
#define srcu_read_unlock_notrace(ssp, idx) srcu_read_unlock(ssp, idx)

static inline int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return 1;
}

#define srcu_dereference(p, ssp) READ_ONCE(p)
#define srcu_dereference_check(p, ssp, c) READ_ONCE(p)

#endif
