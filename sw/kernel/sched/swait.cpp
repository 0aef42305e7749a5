// SPDX-License-Identifier: Apache-2.0
// Simple wait queues and completions (Linux: kernel/sched/swait.c, completion.c).
#include <linux/swait.h>

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/sched/signal.h>

#include "kernel/sched/sched.h"

void __init_swait_queue_head(struct swait_queue_head *q, const char *name, struct lock_class_key *key) {
    __raw_spin_lock_init(&q->lock, name, key, 0);
    INIT_LIST_HEAD(&q->task_list);
}
EXPORT_SYMBOL(__init_swait_queue_head);

static void swake_one_locked(struct swait_queue_head *q, int wake_flags) {
    swait_queue *first = list_first_entry_or_null(&q->task_list, swait_queue, task_list);

    if (first) {
        try_to_wake_up(first->task, TASK_NORMAL, wake_flags);
        list_del_init(&first->task_list);
    }
}

void swake_up_locked(struct swait_queue_head *q) {
    swake_one_locked(q, 0);
}
EXPORT_SYMBOL(swake_up_locked);

void swake_up_all_locked(struct swait_queue_head *q) {
    while (!list_empty(&q->task_list))
        swake_up_locked(q);
}

void swake_up_one(struct swait_queue_head *q) {
    unsigned long flags;

    raw_spin_lock_irqsave(&q->lock, flags);
    swake_up_locked(q);
    raw_spin_unlock_irqrestore(&q->lock, flags);
}
EXPORT_SYMBOL(swake_up_one);

// The lock is dropped between two waiters, so that interrupts are masked for one wake-up at a time only.
void swake_up_all(struct swait_queue_head *q) {
    LIST_HEAD(batch);

    raw_spin_lock_irq(&q->lock);
    list_splice_init(&q->task_list, &batch);
    while (!list_empty(&batch)) {
        swait_queue *first = list_first_entry(&batch, swait_queue, task_list);

        wake_up_state(first->task, TASK_NORMAL);
        list_del_init(&first->task_list);
        if (list_empty(&batch))
            break;
        raw_spin_unlock_irq(&q->lock);
        raw_spin_lock_irq(&q->lock);
    }
    raw_spin_unlock_irq(&q->lock);
}
EXPORT_SYMBOL(swake_up_all);

void __prepare_to_swait(struct swait_queue_head *q, struct swait_queue *wait) {
    wait->task = current;
    if (list_empty(&wait->task_list))
        list_add_tail(&wait->task_list, &q->task_list);
}

void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state) {
    unsigned long flags;

    raw_spin_lock_irqsave(&q->lock, flags);
    __prepare_to_swait(q, wait);
    set_current_state(state);
    raw_spin_unlock_irqrestore(&q->lock, flags);
}
EXPORT_SYMBOL(prepare_to_swait_exclusive);

long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state) {
    unsigned long flags;
    long ret = 0;

    raw_spin_lock_irqsave(&q->lock, flags);
    if (signal_pending_state(static_cast<unsigned int>(state), current)) {
        list_del_init(&wait->task_list);
        ret = -ERESTARTSYS;
    } else {
        __prepare_to_swait(q, wait);
        set_current_state(state);
    }
    raw_spin_unlock_irqrestore(&q->lock, flags);
    return ret;
}
EXPORT_SYMBOL(prepare_to_swait_event);

void __finish_swait(struct swait_queue_head *q, struct swait_queue *wait) {
    __set_current_state(TASK_RUNNING);
    if (!list_empty(&wait->task_list))
        list_del_init(&wait->task_list);
}

void finish_swait(struct swait_queue_head *q, struct swait_queue *wait) {
    __set_current_state(TASK_RUNNING);
    if (!list_empty_careful(&wait->task_list)) {
        unsigned long flags;

        raw_spin_lock_irqsave(&q->lock, flags);
        list_del_init(&wait->task_list);
        raw_spin_unlock_irqrestore(&q->lock, flags);
    }
}
EXPORT_SYMBOL(finish_swait);

// ---- completions ----

void complete(struct completion *x) {
    unsigned long flags;

    raw_spin_lock_irqsave(&x->wait.lock, flags);
    if (x->done != UINT_MAX)
        x->done++;
    swake_up_locked(&x->wait);
    raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete);

void complete_all(struct completion *x) {
    unsigned long flags;

    raw_spin_lock_irqsave(&x->wait.lock, flags);
    x->done = UINT_MAX;
    swake_up_all_locked(&x->wait);
    raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete_all);

// `timeout` in jiffies, positive. What is left, at least 1; 0: ran out; -ERESTARTSYS.
static long wait_common(struct completion *x, long timeout, unsigned int state, bool io) {
    might_sleep();
    raw_spin_lock_irq(&x->wait.lock);
    if (!x->done) {
        DECLARE_SWAITQUEUE(wait);

        do {
            if (signal_pending_state(state, current)) {
                timeout = -ERESTARTSYS;
                break;
            }
            __prepare_to_swait(&x->wait, &wait);
            __set_current_state(state);
            raw_spin_unlock_irq(&x->wait.lock);
            timeout = io ? io_schedule_timeout(timeout) : schedule_timeout(timeout);
            raw_spin_lock_irq(&x->wait.lock);
        } while (!x->done && timeout);
        __finish_swait(&x->wait, &wait);
        if (!x->done) {
            raw_spin_unlock_irq(&x->wait.lock);
            return timeout;
        }
    }
    if (x->done != UINT_MAX)
        x->done--;
    raw_spin_unlock_irq(&x->wait.lock);
    return timeout ? timeout : 1;
}

static int without_timeout(long ret) {
    return ret == -ERESTARTSYS ? -ERESTARTSYS : 0;
}

void wait_for_completion(struct completion *x) {
    wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE, false);
}
EXPORT_SYMBOL(wait_for_completion);

void wait_for_completion_io(struct completion *x) {
    wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE, true);
}
EXPORT_SYMBOL(wait_for_completion_io);

unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout) {
    return static_cast<unsigned long>(wait_common(x, static_cast<long>(timeout), TASK_UNINTERRUPTIBLE, false));
}
EXPORT_SYMBOL(wait_for_completion_timeout);

unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout) {
    return static_cast<unsigned long>(wait_common(x, static_cast<long>(timeout), TASK_UNINTERRUPTIBLE, true));
}
EXPORT_SYMBOL(wait_for_completion_io_timeout);

int wait_for_completion_interruptible(struct completion *x) {
    return without_timeout(wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_INTERRUPTIBLE, false));
}
EXPORT_SYMBOL(wait_for_completion_interruptible);

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout) {
    return wait_common(x, static_cast<long>(timeout), TASK_INTERRUPTIBLE, false);
}
EXPORT_SYMBOL(wait_for_completion_interruptible_timeout);

int wait_for_completion_killable(struct completion *x) {
    return without_timeout(wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_KILLABLE, false));
}
EXPORT_SYMBOL(wait_for_completion_killable);

int wait_for_completion_state(struct completion *x, unsigned int state) {
    return without_timeout(wait_common(x, MAX_SCHEDULE_TIMEOUT, state, false));
}
EXPORT_SYMBOL(wait_for_completion_state);

long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout) {
    return wait_common(x, static_cast<long>(timeout), TASK_KILLABLE, false);
}
EXPORT_SYMBOL(wait_for_completion_killable_timeout);

bool try_wait_for_completion(struct completion *x) {
    unsigned long flags;
    bool taken = true;

    if (!READ_ONCE(x->done))
        return false;
    raw_spin_lock_irqsave(&x->wait.lock, flags);
    if (!x->done)
        taken = false;
    else if (x->done != UINT_MAX)
        x->done--;
    raw_spin_unlock_irqrestore(&x->wait.lock, flags);
    return taken;
}
EXPORT_SYMBOL(try_wait_for_completion);

bool completion_done(struct completion *x) {
    unsigned long flags;

    if (!READ_ONCE(x->done))
        return false;
    // complete() may still be at work on *x: the caller is free to release it only after that.
    raw_spin_lock_irqsave(&x->wait.lock, flags);
    raw_spin_unlock_irqrestore(&x->wait.lock, flags);
    return true;
}
EXPORT_SYMBOL(completion_done);
