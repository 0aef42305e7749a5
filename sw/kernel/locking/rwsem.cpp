// SPDX-License-Identifier: Apache-2.0
// Sleeping reader-writer locks (Linux: kernel/locking/rwsem.c). The owner that leaves gives the lock to the head of the
// queue: to a writer, or, where that is a reader, to all readers that wait, those behind writers too, so that they
// share one turn. Nothing passes a queue from outside.
#include <linux/rwsem.h>

#include "kernel/locking/internal.h"

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/wake_q.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

struct rwsem_waiter {
    list_head list;
    task_struct *task;
    bool is_writer;
    bool granted;
};

bool is_free_for(const rw_semaphore *sem, bool writer) {
    return writer ? sem->count == 0 : sem->count >= 0;
}

void take(rw_semaphore *sem, task_struct *task, bool writer) {
    if (writer) {
        sem->count = -1;
        sem->owner = task;
    } else {
        sem->count++;
    }
}

constexpr int most_readers_at_once = 256;

void grant_one(rw_semaphore *sem, rwsem_waiter &waiter, wake_q_head *wake_q) {
    list_del_init(&waiter.list);
    take(sem, waiter.task, waiter.is_writer);
    wake_q_add(wake_q, waiter.task);
    WRITE_ONCE(waiter.granted, true);
}

// Under wait_lock: hands the lock on, if it is free for the head of the queue.
void grant(rw_semaphore *sem, wake_q_head *wake_q) {
    rwsem_waiter *first = first_of<&rwsem_waiter::list>(sem->wait_list);

    if (!first || !is_free_for(sem, first->is_writer))
        return;
    if (first->is_writer) {
        grant_one(sem, *first, wake_q);
        return;
    }
    int readers = 0;
    for (rwsem_waiter &waiter : taking<&rwsem_waiter::list>(sem->wait_list))
        if (!waiter.is_writer && readers++ < most_readers_at_once)
            grant_one(sem, waiter, wake_q);
}

bool try_down(rw_semaphore *sem, bool writer) {
    const hold_irqsave l(sem->wait_lock);
    const bool free = list_empty(&sem->wait_list) && is_free_for(sem, writer);

    if (free)
        take(sem, current, writer);
    return free;
}

// Something about the lock changes under wait_lock. At the end it is handed on if it is free, and those who got it are
// woken when wait_lock is free as well.
class change {
public:
    explicit change(rw_semaphore *sem)
        : sem_(sem)
        , irqs_(_raw_spin_lock_irqsave(&sem->wait_lock)) {}
    ~change() {
        grant(sem_, &woken_);
        raw_spin_unlock_irqrestore(&sem_->wait_lock, irqs_);
        wake_up_q(&woken_);
    }
    change(const change &) = delete;
    change &operator=(const change &) = delete;

private:
    rw_semaphore *sem_;
    unsigned long irqs_;
    DEFINE_WAKE_Q(woken_);
};

// In line for the lock until it is granted or a signal ends the wait.
int wait_in_line(rw_semaphore *sem, bool writer, unsigned int state) {
    rwsem_waiter me = {};
    me.task = current;
    me.is_writer = writer;
    {
        const change enters(sem); // it may have become free before this entry was there
        list_add_tail(&me.list, &sem->wait_list);
    }
    hold_irq l(sem->wait_lock);
    for (;;) {
        set_current_state(state);
        if (me.granted || signal_pending_state(state, current))
            break;
        l.release();
        schedule();
        l.again();
    }
    __set_current_state(TASK_RUNNING);
    if (me.granted)
        return 0;
    list_del(&me.list);
    l.release();
    const change leaves(sem); // a writer that gives up may free readers behind it
    return -EINTR;
}

int down_common(rw_semaphore *sem, bool writer, unsigned int state, unsigned long caller) {
    if (try_down(sem, writer))
        return 0;
    rcu_read_lock(); // the writer may let go and end at any time
    const contention wait(sem, sem->dep_map.name, writer ? contention::writer : contention::reader,
                          static_cast<const task_struct *>(READ_ONCE(sem->owner)), caller);
    rcu_read_unlock();
    return wait.over(wait_in_line(sem, writer, state));
}

void up_common(rw_semaphore *sem) {
    const change ends(sem);
    const bool was_written = sem->count < 0;

    sem->owner = was_written ? nullptr : sem->owner;
    sem->count = was_written ? 0 : sem->count - 1;
}

__always_inline int down_checked(rw_semaphore *sem, bool writer, unsigned int state, unsigned long caller,
                                 unsigned int subclass = 0) {
    might_sleep();
    lockdep_acquire(&sem->dep_map, subclass, 0, !writer, 3, caller);
    on_failure not_held([=] { lockdep_release(&sem->dep_map, caller); });
    const int ended = down_common(sem, writer, state, caller);

    if (likely(ended == 0))
        not_held.dismiss();
    return ended;
}

__always_inline int try_checked(rw_semaphore *sem, bool writer, unsigned long caller) {
    const int taken = try_down(sem, writer);
    if (taken)
        lockdep_acquire(&sem->dep_map, 0, 1, writer ? 0 : 1, 3, caller);
    return taken;
}

} // namespace

int rwsem_held_by_anyone(const struct rw_semaphore *sem) {
    return READ_ONCE(sem->count) != 0;
}
EXPORT_SYMBOL_GPL(rwsem_held_by_anyone);

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key) {
    lockdep_check_not_held(sem);
    raw_spin_lock_init(&sem->wait_lock);
    sem->count = 0;
    sem->owner = nullptr;
    INIT_LIST_HEAD(&sem->wait_list);
    lockdep_init_map(&sem->dep_map, name, key, 0);
}
EXPORT_SYMBOL(__init_rwsem);

int rwsem_is_locked(struct rw_semaphore *sem) {
    return READ_ONCE(sem->count) != 0;
}
EXPORT_SYMBOL(rwsem_is_locked);

int rwsem_is_contended(struct rw_semaphore *sem) {
    return !list_empty(&sem->wait_list);
}
EXPORT_SYMBOL(rwsem_is_contended);

void down_read(struct rw_semaphore *sem) {
    down_checked(sem, false, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read);

void down_read_nested(struct rw_semaphore *sem, int subclass) {
    down_checked(sem, false, TASK_UNINTERRUPTIBLE, _RET_IP_, static_cast<unsigned>(subclass));
}
EXPORT_SYMBOL(down_read_nested);

int down_read_interruptible(struct rw_semaphore *sem) {
    return down_checked(sem, false, TASK_INTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read_interruptible);

int down_read_killable(struct rw_semaphore *sem) {
    return down_checked(sem, false, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read_killable);

int down_read_trylock(struct rw_semaphore *sem) {
    return try_checked(sem, false, _RET_IP_);
}
EXPORT_SYMBOL(down_read_trylock);

void down_write(struct rw_semaphore *sem) {
    down_checked(sem, true, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write);

void _down_write_nest_lock(struct rw_semaphore *sem, struct lockdep_map *nest) {
    lockdep_nest(&sem->dep_map, nest);
    down_write(sem);
}
EXPORT_SYMBOL(_down_write_nest_lock);

void down_write_nested(struct rw_semaphore *sem, int subclass) {
    down_checked(sem, true, TASK_UNINTERRUPTIBLE, _RET_IP_, static_cast<unsigned>(subclass));
}
EXPORT_SYMBOL(down_write_nested);

int down_write_killable(struct rw_semaphore *sem) {
    return down_checked(sem, true, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write_killable);

int down_write_trylock(struct rw_semaphore *sem) {
    return try_checked(sem, true, _RET_IP_);
}
EXPORT_SYMBOL(down_write_trylock);

void up_read(struct rw_semaphore *sem) {
    lockdep_release(&sem->dep_map, _RET_IP_);
    DEBUG_LOCKS_WARN_ON(READ_ONCE(sem->count) <= 0);
    up_common(sem);
}
EXPORT_SYMBOL(up_read);

void up_write(struct rw_semaphore *sem) {
    lockdep_release(&sem->dep_map, _RET_IP_);
    DEBUG_LOCKS_WARN_ON(READ_ONCE(sem->owner) != current);
    up_common(sem);
}
EXPORT_SYMBOL(up_write);

void downgrade_write(struct rw_semaphore *sem) {
    DEBUG_LOCKS_WARN_ON(READ_ONCE(sem->owner) != current);
    const change shares(sem);

    sem->count = 1;
    sem->owner = nullptr;
}
EXPORT_SYMBOL(downgrade_write);
