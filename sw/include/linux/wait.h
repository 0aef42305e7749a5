/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wait queues (Linux's include/linux/wait.h). A waiter puts itself on the queue and sets its state before it looks at the condition;
 * the code that makes the condition true wakes the queue afterwards. wake_up* may be called in any context; waiting only in tasks.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <asm/current.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>

typedef struct wait_queue_entry wait_queue_entry_t;
typedef int (*wait_queue_func_t)(struct wait_queue_entry *wq_entry, unsigned int mode, int flags, void *key);

#define WQ_FLAG_EXCLUSIVE 0x01
#define WQ_FLAG_WOKEN 0x02
#define WQ_FLAG_BOOKMARK 0x04
#define WQ_FLAG_CUSTOM 0x08
#define WQ_FLAG_DONE 0x10
#define WQ_FLAG_PRIORITY 0x20

struct wait_queue_entry {
	unsigned int flags;
#ifdef __cplusplus
	void *private_;
#else
	void *private;
#endif
	wait_queue_func_t func; /* > 0: woke someone; 0: nothing; < 0: end the walk */
	struct list_head entry;
};

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAITQUEUE_INITIALIZER(name, tsk) { 0, (tsk), default_wake_function, { NULL, NULL } }
#define DECLARE_WAITQUEUE(name, tsk) struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)
#define __WAIT_QUEUE_HEAD_INITIALIZER(name) { __SPIN_LOCK_INITIALIZER(name.lock), LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name) struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name) DECLARE_WAIT_QUEUE_HEAD(name)
#define DEFINE_WAIT_FUNC(name, function)                                                                               \
	struct wait_queue_entry name = { 0, current, function, LIST_HEAD_INIT((name).entry) }
#define DEFINE_WAIT(name) DEFINE_WAIT_FUNC(name, autoremove_wake_function)

__BEGIN_DECLS
void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name, struct lock_class_key *key);
void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);

/* Wakes all non-exclusive waiters and `nr` exclusive ones (0: all) whose state is in `mode`. */
int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key);
void __wake_up_on_current_cpu(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr);
void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode);
void __wake_up_pollfree(struct wait_queue_head *wq_head);

void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state);
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state);
/* -ERESTARTSYS, with the entry removed, if `state` may be interrupted and a signal is pending; else 0. */
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state);
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout);
void init_wait_entry(struct wait_queue_entry *wq_entry, int flags);

int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags, void *key);
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key);
int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key);
int do_wait_intr(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
int do_wait_intr_irq(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
__END_DECLS

#define init_waitqueue_head(wq_head) lockdep_init_with_key(__init_waitqueue_head, wq_head, #wq_head)

#define init_wait(wait) init_wait_entry((wait), 0)

static inline void __wait_entry_set(struct wait_queue_entry *wq_entry, struct task_struct *task, wait_queue_func_t func)
{
#ifdef __cplusplus
	wq_entry->private_ = task;
#else
	wq_entry->private = task;
#endif
	wq_entry->func = func;
	wq_entry->flags = 0;
}

#define init_waitqueue_entry(wq_entry, task) __wait_entry_set(wq_entry, task, default_wake_function)
#define init_waitqueue_func_entry(wq_entry, func) __wait_entry_set(wq_entry, NULL, func)

/* Without the lock: only right where the caller orders it against the waiter (see wq_has_sleeper). */
#define waitqueue_active(wq_head) ((int)!list_empty(&(wq_head)->head))
/* The first one is the last one. */
#define wq_has_single_sleeper(wq_head) ((bool)list_is_singular(&(wq_head)->head))
#define wq_has_sleeper(wq_head) ({ smp_mb(); (bool)waitqueue_active(wq_head); })

/* Where those without priority begin: the first of them, or the end of the queue, which is its head. */
static inline struct list_head *__wait_queue_ordinary(struct wait_queue_head *wq_head)
{
	struct list_head *at = &wq_head->head;

	do
		at = at->next;
	while (at != &wq_head->head && (list_entry(at, struct wait_queue_entry, entry)->flags & WQ_FLAG_PRIORITY));
	return at;
}

/* Behind those with priority, in front of all others. The lock is held. */
static inline void __add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	list_add_tail(&wq_entry->entry, __wait_queue_ordinary(wq_head));
}

static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	list_add_tail(&wq_entry->entry, &wq_head->head);
}

static inline void __add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq_head, wq_entry);
}

static inline void __add_wait_queue_entry_tail_exclusive(struct wait_queue_head *wq_head,
							 struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue_entry_tail(wq_head, wq_entry);
}

static inline void __remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	list_del(&wq_entry->entry);
}

#define wake_up(x) __wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr) __wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x) __wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x) __wake_up_locked((x), TASK_NORMAL, 1)
#define wake_up_all_locked(x) __wake_up_locked((x), TASK_NORMAL, 0)
#define wake_up_sync(x) __wake_up_sync(x, TASK_NORMAL)
#define wake_up_interruptible(x) __wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr) __wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x) __wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x) __wake_up_sync((x), TASK_INTERRUPTIBLE)

#define poll_to_key(m) ((void *)(unsigned long)(__poll_t)(m))
#define key_to_poll(m) ((__poll_t)(unsigned long)(void *)(m))
#define wake_up_poll(x, m) __wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_locked_poll(x, m) __wake_up_locked_key((x), TASK_NORMAL, poll_to_key(m))
#define wake_up_interruptible_poll(x, m) __wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))
#define wake_up_interruptible_sync_poll(x, m) __wake_up_sync_key((x), TASK_INTERRUPTIBLE, poll_to_key(m))
#define wake_up_pollfree(x) __wake_up_pollfree(x)

/*
 * The condition of a wait, at each look. Documented with plain flags: a plain aligned word that the waker sets is not a race with
 * it (memory-barriers.rst, "Sleep and wake-up functions"), and what the waker did before it woke the queue comes before.
 */
#define __wait_holds(wq_head, condition)                                                                               \
	({                                                                                                             \
		order_tell(condition_begin, &(wq_head));                                                               \
		bool __holds = (condition);                                                                            \
		order_tell(condition_end, &(wq_head));                                                                 \
		if (__holds)                                                                                           \
			order_tell(received, &(wq_head));                                                              \
		__holds;                                                                                               \
	})

/* True also when the time ran out; `left` (jiffies) is at least 1 when the condition holds. */
#define __wait_cond_left(condition, left)                                                                              \
	({                                                                                                             \
		bool __cond = (condition);                                                                             \
		if (__cond && !(left))                                                                                 \
			(left) = 1;                                                                                    \
		__cond || !(left);                                                                                     \
	})
#define ___wait_cond_timeout(condition, left) __wait_cond_left(condition, left)

/*
 * The loop of every wait: `stand_in_line` takes the place in the queue and says whether a signal has come, `cmd` sleeps. It
 * ends when the condition holds, or with the signal's error in __ret.
 */
#define __wait_loop(stand_in_line, condition, cmd)                                                                     \
	for (long __signal; __signal = (stand_in_line), !(condition);) {                                               \
		if (__signal) {                                                                                        \
			__ret = __signal;                                                                              \
			break;                                                                                         \
		}                                                                                                      \
		cmd;                                                                                                   \
	}

/* Any wait_event: `cmd` may use __ret. The value is `ret`, as cmd left it, or the error of an interrupted wait. */
#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd)                                                  \
	({                                                                                                             \
		long __ret = (ret);                                                                                    \
		struct wait_queue_entry __me;                                                                          \
		init_wait_entry(&__me, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0);                                           \
		__wait_loop(prepare_to_wait_event(&(wq_head), &__me, (state)),                                         \
			    __wait_holds(wq_head, condition), cmd)                                                     \
		finish_wait(&(wq_head), &__me);                                                                        \
		__ret;                                                                                                 \
	})

#define __wait_event_plain(wq_head, condition, state, exclusive, cmd)                                                  \
	do {                                                                                                           \
		might_sleep();                                                                                         \
		if (!__wait_holds(wq_head, condition))                                                                                      \
			(void)___wait_event(wq_head, condition, state, exclusive, 0, cmd);                             \
	} while (0)

#define __wait_event_result(wq_head, condition, state, exclusive, cmd)                                                 \
	({                                                                                                             \
		int __wait_ret = 0;                                                                                    \
		might_sleep();                                                                                         \
		if (!__wait_holds(wq_head, condition))                                                                                      \
			__wait_ret = (int)___wait_event(wq_head, condition, state, exclusive, 0, cmd);                 \
		__wait_ret;                                                                                            \
	})

#define __wait_event_left(wq_head, condition, timeout, state, exclusive, cmd)                                          \
	({                                                                                                             \
		long __wait_ret = (timeout);                                                                           \
		might_sleep();                                                                                         \
		if (!__wait_cond_left(condition, __wait_ret))                                                          \
			__wait_ret = ___wait_event(wq_head, __wait_cond_left(condition, __ret), state, exclusive,      \
						   __wait_ret, cmd);                                                   \
		__wait_ret;                                                                                            \
	})

#define __wait_sleep_left __ret = schedule_timeout(__ret)
#define __wait_unlocked_irq(lock, cmd)                                                                                 \
	spin_unlock_irq(&(lock));                                                                                      \
	cmd;                                                                                                           \
	schedule();                                                                                                    \
	spin_lock_irq(&(lock))
#define __wait_unlocked_irq_left(lock)                                                                                 \
	spin_unlock_irq(&(lock));                                                                                      \
	__ret = schedule_timeout(__ret);                                                                               \
	spin_lock_irq(&(lock))

#define wait_event(wq_head, condition) __wait_event_plain(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, schedule())
#define io_wait_event(wq_head, condition) wait_event(wq_head, condition)
#define wait_event_freezable(wq_head, condition) wait_event_interruptible(wq_head, condition)
#define wait_event_idle(wq_head, condition) __wait_event_plain(wq_head, condition, TASK_IDLE, 0, schedule())
#define wait_event_idle_exclusive(wq_head, condition) __wait_event_plain(wq_head, condition, TASK_IDLE, 1, schedule())
#define wait_event_exclusive_cmd(wq_head, condition, cmd1, cmd2)                                                       \
	__wait_event_plain(wq_head, condition, TASK_UNINTERRUPTIBLE, 1, cmd1; schedule(); cmd2)
#define wait_event_cmd(wq_head, condition, cmd1, cmd2)                                                                 \
	__wait_event_plain(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, cmd1; schedule(); cmd2)
#define wait_event_interruptible(wq_head, condition)                                                                   \
	__wait_event_result(wq_head, condition, TASK_INTERRUPTIBLE, 0, schedule())
#define wait_event_interruptible_exclusive(wq_head, condition)                                                         \
	__wait_event_result(wq_head, condition, TASK_INTERRUPTIBLE, 1, schedule())
#define wait_event_killable(wq_head, condition)                                                                        \
	__wait_event_result(wq_head, condition, TASK_KILLABLE, 0, schedule())
#define wait_event_killable_exclusive(wq_head, condition)                                                              \
	__wait_event_result(wq_head, condition, TASK_KILLABLE, 1, schedule())
#define wait_event_state(wq_head, condition, state) __wait_event_result(wq_head, condition, state, 0, schedule())

/* `timeout` in jiffies: what is left of it, at least 1 when the condition became true; 0 when the time ran out. */
#define wait_event_timeout(wq_head, condition, timeout)                                                                \
	__wait_event_left(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE, 0, __wait_sleep_left)
#define wait_event_idle_timeout(wq_head, condition, timeout)                                                           \
	__wait_event_left(wq_head, condition, timeout, TASK_IDLE, 0, __wait_sleep_left)
#define wait_event_idle_exclusive_timeout(wq_head, condition, timeout)                                                 \
	__wait_event_left(wq_head, condition, timeout, TASK_IDLE, 1, __wait_sleep_left)
#define wait_event_interruptible_timeout(wq_head, condition, timeout)                                                  \
	__wait_event_left(wq_head, condition, timeout, TASK_INTERRUPTIBLE, 0, __wait_sleep_left)
#define wait_event_freezable_timeout(wq_head, condition, timeout)                                                      \
	wait_event_interruptible_timeout(wq_head, condition, timeout)
#define wait_event_killable_timeout(wq_head, condition, timeout)                                                       \
	__wait_event_left(wq_head, condition, timeout, TASK_KILLABLE, 0, __wait_sleep_left)

/* The caller holds `lock` with interrupts masked; it is dropped while sleeping. */
#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd)                                                         \
	do {                                                                                                           \
		if (!__wait_holds(wq_head, condition))                                                                                      \
			(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0,                            \
					    __wait_unlocked_irq(lock, cmd));                                           \
	} while (0)
#define wait_event_lock_irq(wq_head, condition, lock) wait_event_lock_irq_cmd(wq_head, condition, lock, )
#define wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, cmd)                                           \
	({                                                                                                             \
		int __wait_ret = 0;                                                                                    \
		if (!__wait_holds(wq_head, condition))                                                                                      \
			__wait_ret = (int)___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 0, 0,                  \
							__wait_unlocked_irq(lock, cmd));                               \
		__wait_ret;                                                                                            \
	})
#define wait_event_interruptible_lock_irq(wq_head, condition, lock)                                                    \
	wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, )
#define __wait_event_lock_irq_left(wq_head, condition, lock, timeout, state)                                           \
	({                                                                                                             \
		long __wait_ret = (timeout);                                                                           \
		if (!__wait_cond_left(condition, __wait_ret))                                                          \
			__wait_ret = ___wait_event(wq_head, __wait_cond_left(condition, __ret), state, 0, __wait_ret,  \
						   __wait_unlocked_irq_left(lock));                                    \
		__wait_ret;                                                                                            \
	})
#define wait_event_lock_irq_timeout(wq_head, condition, lock, timeout)                                                 \
	__wait_event_lock_irq_left(wq_head, condition, lock, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_lock_irq_timeout(wq_head, condition, lock, timeout)                                   \
	__wait_event_lock_irq_left(wq_head, condition, lock, timeout, TASK_INTERRUPTIBLE)

/* The caller holds wq_head.lock (the _irq form: with interrupts masked); 0 or -ERESTARTSYS. */
#define __wait_event_interruptible_locked(wq_head, condition, exclusive, wait_function)                                \
	({                                                                                                             \
		int __error = 0;                                                                                       \
		DEFINE_WAIT(__me);                                                                                     \
		__me.flags |= (exclusive) ? WQ_FLAG_EXCLUSIVE : 0;                                                     \
		while (!(condition) && __error == 0)                                                                   \
			__error = wait_function(&(wq_head), &__me);                                                    \
		if (!list_empty(&__me.entry))                                                                          \
			__remove_wait_queue(&(wq_head), &__me);                                                        \
		__set_current_state(TASK_RUNNING);                                                                     \
		__error;                                                                                               \
	})
#define wait_event_interruptible_locked(wq_head, condition)                                                            \
	__wait_event_interruptible_locked(wq_head, condition, 0, do_wait_intr)
#define wait_event_interruptible_locked_irq(wq_head, condition)                                                        \
	__wait_event_interruptible_locked(wq_head, condition, 0, do_wait_intr_irq)
#define wait_event_interruptible_exclusive_locked(wq_head, condition)                                                  \
	__wait_event_interruptible_locked(wq_head, condition, 1, do_wait_intr)
#define wait_event_interruptible_exclusive_locked_irq(wq_head, condition)                                              \
	__wait_event_interruptible_locked(wq_head, condition, 1, do_wait_intr_irq)

/* `timeout` is a ktime_t; 0, -ETIME or -ERESTARTSYS. <linux/hrtimer.h> declares the timer. */
#define __wait_alarm_set(alarm, in)                                                                                    \
	do {                                                                                                           \
		hrtimer_init_sleeper_on_stack((alarm), CLOCK_MONOTONIC, HRTIMER_MODE_REL);                             \
		if ((in) != KTIME_MAX)                                                                                 \
			hrtimer_start_range_ns(&(alarm)->timer, (in), current->timer_slack_ns, HRTIMER_MODE_REL);      \
	} while (0)
#define __wait_alarm_rang(alarm) (!(alarm)->task && (__ret = -ETIME))
#define __wait_alarm_off(alarm) (hrtimer_cancel(&(alarm)->timer), destroy_hrtimer_on_stack(&(alarm)->timer))
#define __wait_event_hrtimeout(wq_head, condition, timeout, state)                                                     \
	({                                                                                                             \
		long __end = 0;                                                                                        \
		might_sleep();                                                                                         \
		if (!(condition)) {                                                                                    \
			struct hrtimer_sleeper __alarm;                                                                \
			__wait_alarm_set(&__alarm, timeout);                                                           \
			__end = ___wait_event(wq_head, (condition) || __wait_alarm_rang(&__alarm), state, 0, 0,        \
					      schedule());                                                             \
			__wait_alarm_off(&__alarm);                                                                    \
		}                                                                                                      \
		(int)__end;                                                                                            \
	})
#define wait_event_hrtimeout(wq_head, condition, timeout)                                                              \
	__wait_event_hrtimeout(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_hrtimeout(wq_head, condition, timeout)                                                \
	__wait_event_hrtimeout(wq_head, condition, timeout, TASK_INTERRUPTIBLE)

#endif
