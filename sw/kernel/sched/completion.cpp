// SPDX-License-Identifier: Apache-2.0
// Completions (Linux: kernel/sched/completion.c). `done` counts how many may pass; once it stands for everybody it is
// not counted down any more. Everything about a completion happens under the lock of its queue.
#include <linux/completion.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/sched/signal.h>

#include "kernel/sched/waiters.h"
#include "lib/guard.h"

namespace {

constexpr unsigned int everybody = UINT_MAX;

// Passes if one may. The lock is held.
bool pass(completion &x) {
    const bool may = x.done != 0;

    if (may && x.done != everybody)
        x.done--;
    return may;
}

// Sleeps in the queue until it may pass. The lock is held, here and afterwards. What is left of `timeout`; 0: it ran
// out; -ERESTARTSYS.
template <class Lock>
long sleep_until_passed(completion &x, Lock &l, long timeout, unsigned int state, long (*sleep)(long)) {
    DECLARE_SWAITQUEUE(me);
    bool passed = false;
    long left = timeout;

    do {
        if (signal_pending_state(state, current)) {
            left = -ERESTARTSYS;
            break;
        }
        __prepare_to_swait(&x.wait, &me);
        __set_current_state(state);
        l.release();
        left = sleep(left);
        l.again();
        passed = pass(x);
    } while (!passed && left);
    __finish_swait(&x.wait, &me);
    return passed && !left ? 1 : left;
}

// `timeout` in jiffies. What is left of it, at least 1; 0: it ran out; -ERESTARTSYS.
long wait_for(completion *x, unsigned int state, long timeout, long (*sleep)(long) = schedule_timeout) {
    might_sleep();
    hold_irq l(x->wait.lock);

    if (pass(*x))
        return timeout ? timeout : 1;
    return sleep_until_passed(*x, l, timeout, state, sleep);
}

// Without a timeout there are two ends: it passed, or a signal came.
int wait_for_ever(completion *x, unsigned int state) {
    return wait_for(x, state, MAX_SCHEDULE_TIMEOUT) < 0 ? -ERESTARTSYS : 0;
}

} // namespace

void complete(struct completion *x) {
    hold_irqsave l(x->wait.lock);

    if (x->done != everybody)
        x->done++;
    waiters::wake_first(x->wait.task_list);
}
EXPORT_SYMBOL(complete);

void complete_all(struct completion *x) {
    hold_irqsave l(x->wait.lock);

    x->done = everybody;
    swake_up_all_locked(&x->wait);
}
EXPORT_SYMBOL(complete_all);

void wait_for_completion(struct completion *x) {
    wait_for_ever(x, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion);

unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout) {
    return static_cast<unsigned long>(wait_for(x, TASK_UNINTERRUPTIBLE, static_cast<long>(timeout)));
}
EXPORT_SYMBOL(wait_for_completion_timeout);

int wait_for_completion_state(struct completion *x, unsigned int state) {
    return wait_for_ever(x, state);
}
EXPORT_SYMBOL(wait_for_completion_state);

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout) {
    return wait_for(x, TASK_INTERRUPTIBLE, static_cast<long>(timeout));
}
EXPORT_SYMBOL(wait_for_completion_interruptible_timeout);

int wait_for_completion_interruptible(struct completion *x) {
    return wait_for_ever(x, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible);

long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout) {
    return wait_for(x, TASK_KILLABLE, static_cast<long>(timeout));
}
EXPORT_SYMBOL(wait_for_completion_killable_timeout);

int wait_for_completion_killable(struct completion *x) {
    return wait_for_ever(x, TASK_KILLABLE);
}
EXPORT_SYMBOL(wait_for_completion_killable);

// The two for devices differ in what ps and the statistics say meanwhile.
void wait_for_completion_io(struct completion *x) {
    wait_for(x, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT, io_schedule_timeout);
}
EXPORT_SYMBOL(wait_for_completion_io);

unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout) {
    return static_cast<unsigned long>(
        wait_for(x, TASK_UNINTERRUPTIBLE, static_cast<long>(timeout), io_schedule_timeout));
}
EXPORT_SYMBOL(wait_for_completion_io_timeout);

bool try_wait_for_completion(struct completion *x) {
    if (!READ_ONCE(x->done))
        return false; // most often; and without touching the lock
    hold_irqsave l(x->wait.lock);
    return pass(*x);
}
EXPORT_SYMBOL(try_wait_for_completion);

bool completion_done(struct completion *x) {
    const bool done = READ_ONCE(x->done) != 0;

    // complete() may still be at work on *x: the caller is free to release it only after that.
    if (done)
        hold_irqsave over(x->wait.lock);
    return done;
}
EXPORT_SYMBOL(completion_done);
