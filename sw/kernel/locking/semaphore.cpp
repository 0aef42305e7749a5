// SPDX-License-Identifier: Apache-2.0
// Counting semaphores (Linux: kernel/locking/semaphore.c). up() gives its count to the first waiter directly.
#include <linux/semaphore.h>

#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

namespace {

struct semaphore_waiter {
    list_head list;
    task_struct *task;
    bool up;
};

// Called with the lock held and interrupts masked, and returns so.
int wait_for_count(struct semaphore *sem, unsigned int state, long timeout) {
    semaphore_waiter waiter;

    waiter.task = current;
    waiter.up = false;
    list_add_tail(&waiter.list, &sem->wait_list);
    for (;;) {
        if (signal_pending_state(state, current)) {
            list_del(&waiter.list);
            return -EINTR;
        }
        if (timeout <= 0) {
            list_del(&waiter.list);
            return -ETIME;
        }
        __set_current_state(state);
        raw_spin_unlock_irq(&sem->lock);
        timeout = schedule_timeout(timeout);
        raw_spin_lock_irq(&sem->lock);
        if (waiter.up)
            return 0;
    }
}

int down_common(struct semaphore *sem, unsigned int state, long timeout) {
    unsigned long flags;
    int ret = 0;

    raw_spin_lock_irqsave(&sem->lock, flags);
    if (likely(sem->count > 0))
        sem->count--;
    else
        ret = wait_for_count(sem, state, timeout);
    raw_spin_unlock_irqrestore(&sem->lock, flags);
    return ret;
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
    unsigned long flags;

    raw_spin_lock_irqsave(&sem->lock, flags);
    const bool taken = sem->count > 0;
    if (taken)
        sem->count--;
    raw_spin_unlock_irqrestore(&sem->lock, flags);
    return !taken;
}
EXPORT_SYMBOL(down_trylock);

int down_timeout(struct semaphore *sem, long jiffies_to_wait) {
    might_sleep();
    return down_common(sem, TASK_UNINTERRUPTIBLE, jiffies_to_wait);
}
EXPORT_SYMBOL(down_timeout);

void up(struct semaphore *sem) {
    unsigned long flags;

    raw_spin_lock_irqsave(&sem->lock, flags);
    semaphore_waiter *first = list_first_entry_or_null(&sem->wait_list, semaphore_waiter, list);
    if (first) {
        list_del(&first->list);
        first->up = true;
        wake_up_process(first->task);
    } else {
        sem->count++;
    }
    raw_spin_unlock_irqrestore(&sem->lock, flags);
}
EXPORT_SYMBOL(up);
