// SPDX-License-Identifier: Apache-2.0
// Counting semaphores (Linux: kernel/locking/semaphore.c). up() gives its count to the first waiter directly.
#include <linux/semaphore.h>

#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "kernel/locking/internal.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/order.h"

namespace {

// A place in the queue. Its turn has come when up() has given it the count.
struct turn {
    list_head link;
    task_struct *task;
    bool come;
};

// The lock is held, here and afterwards.
template <class Lock>
int wait_for_turn(semaphore *sem, Lock &l, unsigned int state, long timeout) {
    turn mine = {{}, current, false};
    int error = 0;

    list_add_tail(&mine.link, &sem->wait_list);
    while (!mine.come && !error) {
        if (signal_pending_state(state, current)) {
            error = -EINTR;
        } else if (timeout <= 0) {
            error = -ETIME;
        } else {
            __set_current_state(state);
            l.release();
            timeout = schedule_timeout(timeout);
            l.again();
        }
    }
    if (!mine.come)
        list_del(&mine.link);
    return error;
}

bool take_count(semaphore *sem) {
    const bool any = static_cast<int>(sem->count) > 0; // it may begin below 0

    sem->count -= any;
    return any;
}

int down_common(semaphore *sem, unsigned int state, long timeout) {
    const unsigned long caller = _RET_IP_;
    hold_irqsave l(sem->lock);
    const auto wait = [&] {
        const contention begun(sem, sem->lock.dep_map.name, contention::semaphore, nullptr, caller);
        return begun.over(wait_for_turn(sem, l, state, timeout));
    };
    const int error = likely(take_count(sem)) ? 0 : wait();

    if (!error)
        order_tell(received, sem);
    return error;
}

} // namespace

void sema_init(struct semaphore *sem, int val) {
    raw_spin_lock_init(&sem->lock);
    sem->count = static_cast<unsigned int>(val);
    INIT_LIST_HEAD(&sem->wait_list);
}
EXPORT_SYMBOL(sema_init);

void down(struct semaphore *sem) {
    might_sleep();
    down_common(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down);

int down_interruptible(struct semaphore *sem) {
    might_sleep();
    return down_common(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_interruptible);

int down_killable(struct semaphore *sem) {
    might_sleep();
    return down_common(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_killable);

int down_trylock(struct semaphore *sem) {
    hold_irqsave l(sem->lock);
    const bool taken = take_count(sem);

    if (taken)
        order_tell(received, sem);
    return !taken;
}
EXPORT_SYMBOL(down_trylock);

int down_timeout(struct semaphore *sem, long jiffies_to_wait) {
    might_sleep();
    return down_common(sem, TASK_UNINTERRUPTIBLE, jiffies_to_wait);
}
EXPORT_SYMBOL(down_timeout);

void up(struct semaphore *sem) {
    order_tell(signal, sem);
    hold_irqsave l(sem->lock);

    if (turn *next = first_of<&turn::link>(sem->wait_list)) {
        list_del(&next->link);
        next->come = true;
        wake_up_process(next->task);
        return;
    }
    sem->count++;
}
EXPORT_SYMBOL(up);
