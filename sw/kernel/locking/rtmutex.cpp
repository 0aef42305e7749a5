// SPDX-License-Identifier: Apache-2.0
// Mutexes whose waiters are served by priority (Linux: kernel/locking/rtmutex.c, without priority inheritance).
#include <linux/rtmutex.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

namespace {

struct rt_mutex_waiter {
    list_head list;
    task_struct *task;
};

// Higher priority first, first come first among equals.
void enqueue(struct rt_mutex *lock, rt_mutex_waiter *waiter) {
    rt_mutex_waiter *other;

    list_for_each_entry (other, &lock->waiters, list) {
        if (other->task->prio > waiter->task->prio) {
            list_add_tail(&waiter->list, &other->list);
            return;
        }
    }
    list_add_tail(&waiter->list, &lock->waiters);
}

int lock_common(struct rt_mutex *lock, unsigned int state) {
    rt_mutex_waiter waiter;
    int ret = 0;

    raw_spin_lock_irq(&lock->wait_lock);
    if (!lock->owner) {
        lock->owner = current;
        raw_spin_unlock_irq(&lock->wait_lock);
        return 0;
    }
    waiter.task = current;
    enqueue(lock, &waiter);
    for (;;) {
        set_current_state(state);
        if (lock->owner == current) // handed over, and taken from the list
            break;
        if (signal_pending_state(state, current)) {
            list_del(&waiter.list);
            ret = -EINTR;
            break;
        }
        raw_spin_unlock_irq(&lock->wait_lock);
        schedule();
        raw_spin_lock_irq(&lock->wait_lock);
    }
    __set_current_state(TASK_RUNNING);
    raw_spin_unlock_irq(&lock->wait_lock);
    return ret;
}

} // namespace

void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key) {
    raw_spin_lock_init(&lock->wait_lock);
    lock->owner = nullptr;
    INIT_LIST_HEAD(&lock->waiters);
    lockdep_init_map(&lock->dep_map, name, key, 0);
}
EXPORT_SYMBOL_GPL(__rt_mutex_init);

void rt_mutex_lock(struct rt_mutex *lock) {
    might_sleep();
    lock_common(lock, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock);

int rt_mutex_lock_interruptible(struct rt_mutex *lock) {
    might_sleep();
    return lock_common(lock, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_interruptible);

int rt_mutex_trylock(struct rt_mutex *lock) {
    unsigned long flags;

    raw_spin_lock_irqsave(&lock->wait_lock, flags);
    const bool taken = !lock->owner;
    if (taken)
        lock->owner = current;
    raw_spin_unlock_irqrestore(&lock->wait_lock, flags);
    return taken;
}
EXPORT_SYMBOL_GPL(rt_mutex_trylock);

void rt_mutex_unlock(struct rt_mutex *lock) {
    unsigned long flags;

    DEBUG_LOCKS_WARN_ON(READ_ONCE(lock->owner) != current);
    raw_spin_lock_irqsave(&lock->wait_lock, flags);
    rt_mutex_waiter *first = list_first_entry_or_null(&lock->waiters, rt_mutex_waiter, list);
    if (first) {
        list_del(&first->list);
        lock->owner = first->task;
        wake_up_process(first->task);
    } else {
        lock->owner = nullptr;
    }
    raw_spin_unlock_irqrestore(&lock->wait_lock, flags);
}
EXPORT_SYMBOL_GPL(rt_mutex_unlock);
