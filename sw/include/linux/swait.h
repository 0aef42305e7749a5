/* SPDX-License-Identifier: Apache-2.0 */
/* Simple wait queues: bounded work under a raw lock, no callbacks (Linux's include/linux/swait.h). */
#ifndef _LINUX_SWAIT_H
#define _LINUX_SWAIT_H

#include <asm/current.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/wait.h>

struct task_struct;

struct swait_queue_head {
	raw_spinlock_t lock;
	struct list_head task_list;
};

struct swait_queue {
	struct task_struct *task;
	struct list_head task_list;
};

#define __SWAITQUEUE_INITIALIZER(name) { current, LIST_HEAD_INIT((name).task_list) }
#define DECLARE_SWAITQUEUE(name) struct swait_queue name = __SWAITQUEUE_INITIALIZER(name)
#define __SWAIT_QUEUE_HEAD_INITIALIZER(name)                                                                           \
	{ __RAW_SPIN_LOCK_INITIALIZER(name.lock), LIST_HEAD_INIT((name).task_list) }
#define DECLARE_SWAIT_QUEUE_HEAD(name) struct swait_queue_head name = __SWAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(name) DECLARE_SWAIT_QUEUE_HEAD(name)

__BEGIN_DECLS
void __init_swait_queue_head(struct swait_queue_head *q, const char *name, struct lock_class_key *key);
/* The waiter. The forms with two underscores want the lock to be held. */
void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state);
long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state);
void finish_swait(struct swait_queue_head *q, struct swait_queue *wait);
void __prepare_to_swait(struct swait_queue_head *q, struct swait_queue *wait);
void __finish_swait(struct swait_queue_head *q, struct swait_queue *wait);
/* The waker: the first waiter, in any context, or all, from a task with interrupts enabled, as that may take long. */
void swake_up_one(struct swait_queue_head *q);
void swake_up_all(struct swait_queue_head *q);
void swake_up_locked(struct swait_queue_head *q);
void swake_up_all_locked(struct swait_queue_head *q);
__END_DECLS

#define init_swait_queue_head(q) lockdep_init_with_key(__init_swait_queue_head, q, #q)

/* Without the lock: only right where the caller orders it against the waiter, as swq_has_sleeper does. */
#define swait_active(wq) ((int)!list_empty(&(wq)->task_list))
#define swq_has_sleeper(wq) ({ smp_mb(); (bool)swait_active(wq); })

#define ___swait_event(wq, condition, state, ret, cmd)                                                                 \
	({                                                                                                             \
		long __ret = (ret);                                                                                    \
		DECLARE_SWAITQUEUE(__me);                                                                              \
		__wait_loop(prepare_to_swait_event(&(wq), &__me, state), condition, cmd)                               \
		finish_swait(&(wq), &__me);                                                                            \
		__ret;                                                                                                 \
	})

#define swait_event_exclusive(wq, condition)                                                                           \
	do {                                                                                                           \
		if (!(condition))                                                                                      \
			(void)___swait_event(wq, condition, TASK_UNINTERRUPTIBLE, 0, schedule());                      \
	} while (0)

#define swait_event_interruptible_exclusive(wq, condition)                                                             \
	({                                                                                                             \
		int __swait_ret = 0;                                                                                   \
		if (!(condition))                                                                                      \
			__swait_ret = ___swait_event(wq, condition, TASK_INTERRUPTIBLE, 0, schedule());                \
		__swait_ret;                                                                                           \
	})

#define swait_event_timeout_exclusive(wq, condition, timeout)                                                          \
	({                                                                                                             \
		long __swait_ret = timeout;                                                                            \
		if (!___wait_cond_timeout(condition, __swait_ret))                                                     \
			__swait_ret = ___swait_event(wq, ___wait_cond_timeout(condition, __ret), TASK_UNINTERRUPTIBLE, \
						     __swait_ret, __ret = schedule_timeout(__ret));                    \
		__swait_ret;                                                                                           \
	})

#define swait_event_idle_exclusive(wq, condition)                                                                      \
	do {                                                                                                           \
		if (!(condition))                                                                                      \
			(void)___swait_event(wq, condition, TASK_IDLE, 0, schedule());                                 \
	} while (0)

#endif
