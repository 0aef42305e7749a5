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
#include "port/order.h"

namespace {

constexpr unsigned int everybody = UINT_MAX;

// Passes if one may. The lock is held.
bool pass(completion &x) {
    const bool may = x.done != 0;

    if (may && x.done != everybody)
        x.done--;
    if (may)
        order_tell(received, &x);
    return may;
}

// A place in the queue, as long as it stands. Who wakes the waiter takes it out.
class place_in_queue {
public:
    explicit place_in_queue(swait_queue_head &queue)
        : queue_(queue) {}
    ~place_in_queue() { __finish_swait(&queue_, &me_); }
    place_in_queue(const place_in_queue &) = delete;
    place_in_queue &operator=(const place_in_queue &) = delete;

    void stand(unsigned int state) {
        __prepare_to_swait(&queue_, &me_);
        __set_current_state(state);
    }

private:
    swait_queue_head &queue_;
    DECLARE_SWAITQUEUE(me_);
};

// Sleeps in the queue until it may pass. The lock is held, here and afterwards. What is left of the timeout, at least
// 1; 0: it ran out; -ERESTARTSYS (Linux: do_wait_for_common).
template <class Lock>
long sleep_until_passed(completion &x, Lock &l, long left, unsigned int state, long (*sleep)(long)) {
    place_in_queue me(x.wait);

    while (!signal_pending_state(state, current)) {
        me.stand(state);
        l.release();
        left = sleep(left);
        l.again();
        if (pass(x))
            return max(left, 1l);
        if (left == 0)
            return 0;
    }
    return -ERESTARTSYS;
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
    order_tell(signal, x);
    hold_irqsave l(x->wait.lock);

    if (x->done != everybody)
        x->done++;
    waiters::wake_first(x->wait.task_list);
}
EXPORT_SYMBOL(complete);

void complete_all(struct completion *x) {
    order_tell(signal, x);
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

// A signal may end these: wait_for_completion_interruptible and _interruptible_timeout, wait_for_completion_killable
// and _killable_timeout.
#define WAITS_THAT_A_SIGNAL_ENDS(kind, state)                                                                          \
    int wait_for_completion_##kind(struct completion *x) {                                                             \
        return wait_for_ever(x, state);                                                                                \
    }                                                                                                                  \
    EXPORT_SYMBOL(wait_for_completion_##kind);                                                                         \
    long wait_for_completion_##kind##_timeout(struct completion *x, unsigned long timeout) {                           \
        return wait_for(x, state, static_cast<long>(timeout));                                                         \
    }                                                                                                                  \
    EXPORT_SYMBOL(wait_for_completion_##kind##_timeout)

WAITS_THAT_A_SIGNAL_ENDS(interruptible, TASK_INTERRUPTIBLE);
WAITS_THAT_A_SIGNAL_ENDS(killable, TASK_KILLABLE);

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
    if (done) {
        hold_irqsave over(x->wait.lock);
        order_tell(received, x);
    }
    return done;
}
EXPORT_SYMBOL(completion_done);
