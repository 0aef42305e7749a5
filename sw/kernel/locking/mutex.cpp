// SPDX-License-Identifier: Apache-2.0
// Mutexes (Linux: kernel/locking/mutex.c). The word `owner` holds the task and three flags in its low bits:
//
//   waiters  the list is not empty, so the owner must unlock under wait_lock
//   handoff  the first waiter lost the mutex to somebody quicker once: the next unlock gives it to that waiter
//   pickup   it was given to the task in the word, which has not taken it yet
//
// A task that finds the owner running on another CPU spins for it before it queues.
#include <linux/mutex.h>

#include "kernel/locking/internal.h"
#include "lib/guard.h"

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/wake_q.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <port/trace.h>

namespace {

constexpr unsigned long flag_waiters = 1;
constexpr unsigned long flag_handoff = 2;
constexpr unsigned long flag_pickup = 4;
constexpr unsigned long flags_all = 7;

struct mutex_waiter {
    list_head list;
    task_struct *task;
};

inline unsigned long task_word(const task_struct *task) {
    return reinterpret_cast<unsigned long>(task);
}

inline task_struct *owner_of(unsigned long word) {
    return reinterpret_cast<task_struct *>(word & ~flags_all);
}

inline unsigned long read_owner(const struct mutex *lock) {
    return static_cast<unsigned long>(READ_ONCE(lock->owner.counter));
}

// On failure `expected` is what the word holds.
inline bool change_owner(struct mutex *lock, unsigned long &expected, unsigned long value) {
    auto old = static_cast<__typeof__(lock->owner.counter)>(expected);
    const bool done = __atomic_compare_exchange_n(&lock->owner.counter, &old, static_cast<__typeof__(old)>(value),
                                                  false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
    expected = static_cast<unsigned long>(old);
    return done;
}

// Takes a mutex that is free, or that was handed to this task. `ask` makes the next unlock hand it over otherwise.
bool try_take(struct mutex *lock, bool ask) {
    const unsigned long self = task_word(current);
    unsigned long word = read_owner(lock);

    for (;;) {
        const task_struct *owner = owner_of(word);
        unsigned long wanted;
        bool taken = true;

        if (!owner)
            wanted = self | (word & flag_waiters);
        else if (owner == current && (word & flag_pickup))
            wanted = word & ~flag_pickup;
        else if (ask && !(word & (flag_handoff | flag_pickup))) {
            wanted = word | flag_handoff;
            taken = false;
        } else
            return false;
        if (change_owner(lock, word, wanted))
            return taken;
    }
}

contention begin_contention(const struct mutex *lock, unsigned long caller) {
    rcu_read_lock(); // the owner may let go and end at any time
    const contention begun(lock, lock->dep_map.name, contention::mutex, owner_of(read_owner(lock)), caller);
    rcu_read_unlock();
    return begun;
}

// True with the mutex taken. Ends when the owner sleeps or this CPU is wanted for something else.
bool spin_on_owner(struct mutex *lock) {
    bool taken = false;

    rcu_read_lock(); // the owner's task_struct stays while it is looked at
    while (!need_resched()) {
        const unsigned long word = read_owner(lock);
        const task_struct *owner = owner_of(word);

        if (!owner) {
            taken = try_take(lock, false);
            if (taken)
                break;
        } else if ((word & (flag_handoff | flag_pickup)) || !READ_ONCE(owner->on_cpu) || owner == current) {
            break;
        }
        port_relax();
    }
    rcu_read_unlock();
    return taken;
}

int lock_slow(struct mutex *lock, unsigned int state, unsigned long caller) {
    preempt_disable();
    const contention wait = begin_contention(lock, caller);
    if (try_take(lock, false) || spin_on_owner(lock)) {
        wait.over(0);
        preempt_enable();
        return 0;
    }

    int ret = 0;
    mutex_waiter waiter;
    waiter.task = current;
    raw_spin_lock(&lock->wait_lock);
    list_add_tail(&waiter.list, &lock->wait_list);
    atomic_long_or(static_cast<long>(flag_waiters), &lock->owner);
    set_current_state(state);
    for (;;) {
        // An unlock that saw the flag is after this under wait_lock; one that did not has freed the mutex already.
        if (try_take(lock, false))
            break;
        if (signal_pending_state(state, current)) {
            ret = -EINTR;
            break;
        }
        raw_spin_unlock(&lock->wait_lock);
        schedule_preempt_disabled();
        const bool first = lock->wait_list.next == &waiter.list;
        set_current_state(state);
        const bool taken = try_take(lock, first);
        raw_spin_lock(&lock->wait_lock);
        if (taken)
            break;
    }
    __set_current_state(TASK_RUNNING);
    list_del(&waiter.list);
    if (list_empty(&lock->wait_list))
        atomic_long_and(~static_cast<long>(flag_waiters | flag_handoff), &lock->owner);
    raw_spin_unlock(&lock->wait_lock);
    wait.over(ret);
    preempt_enable();
    return ret;
}

__always_inline int lock_common(struct mutex *lock, unsigned int state, unsigned long caller,
                                unsigned int subclass = 0) {
    unsigned long free_word = 0;

    if (unlikely(lock->magic != lock))
        DEBUG_LOCKS_WARN_ON(lock->magic != lock);
    lockdep_acquire(&lock->dep_map, subclass, 0, 0, 3, caller);
    on_failure not_held([=] { lockdep_release(&lock->dep_map, caller); });
    const int error = likely(change_owner(lock, free_word, task_word(current))) ? 0 : lock_slow(lock, state, caller);
    if (likely(!error))
        not_held.dismiss();
    return error;
}

void unlock_slow(struct mutex *lock) {
    DEFINE_WAKE_Q(wake_q);
    unsigned long flags;

    DEBUG_LOCKS_WARN_ON(lock->magic != lock);
    DEBUG_LOCKS_WARN_ON(owner_of(read_owner(lock)) != current);

    raw_spin_lock_irqsave(&lock->wait_lock, flags);
    mutex_waiter *first = list_first_entry_or_null(&lock->wait_list, mutex_waiter, list);
    unsigned long word = read_owner(lock);
    unsigned long wanted;
    do {
        if (first && (word & flag_handoff))
            wanted = task_word(first->task) | flag_waiters | flag_pickup;
        else
            wanted = first ? flag_waiters : 0;
    } while (!change_owner(lock, word, wanted));
    if (first)
        wake_q_add(&wake_q, first->task);
    raw_spin_unlock_irqrestore(&lock->wait_lock, flags);
    wake_up_q(&wake_q);
}

} // namespace

int mutex_held_by_current(const struct mutex *lock) {
    return owner_of(read_owner(lock)) == current;
}
EXPORT_SYMBOL_GPL(mutex_held_by_current);

void __mutex_init(struct mutex *m, const char *name, struct lock_class_key *key) {
    lockdep_check_not_held(m);
    *m = __MUTEX_INITIALIZER((*m));
    raw_spin_lock_init(&m->wait_lock);
    lockdep_init_map(&m->dep_map, name, key, 0);
}
EXPORT_SYMBOL(__mutex_init);

void mutex_destroy(struct mutex *lock) {
    DEBUG_LOCKS_WARN_ON(mutex_is_locked(lock));
    lock->magic = nullptr;
}
EXPORT_SYMBOL_GPL(mutex_destroy);

bool mutex_is_locked(struct mutex *lock) {
    return owner_of(read_owner(lock)) != nullptr;
}
EXPORT_SYMBOL(mutex_is_locked);

void mutex_lock(struct mutex *lock) {
    might_sleep();
    lock_common(lock, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock);

void mutex_lock_nested(struct mutex *lock, unsigned int subclass) {
    might_sleep();
    lock_common(lock, TASK_UNINTERRUPTIBLE, _RET_IP_, subclass);
}
EXPORT_SYMBOL_GPL(mutex_lock_nested);

int mutex_lock_interruptible(struct mutex *lock) {
    might_sleep();
    return lock_common(lock, TASK_INTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_interruptible);

int mutex_lock_killable(struct mutex *lock) {
    might_sleep();
    return lock_common(lock, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_killable);

void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest) {
    lockdep_nest(&lock->dep_map, nest);
    mutex_lock(lock);
}
EXPORT_SYMBOL_GPL(_mutex_lock_nest_lock);

void mutex_lock_io(struct mutex *lock) {
    const int token = io_schedule_prepare();

    mutex_lock(lock);
    io_schedule_finish(token);
}
EXPORT_SYMBOL_GPL(mutex_lock_io);

bool mutex_take_if_free(struct mutex *lock) {
    DEBUG_LOCKS_WARN_ON(lock->magic != lock);
    return try_take(lock, false);
}

int mutex_trylock(struct mutex *lock) {
    DEBUG_LOCKS_WARN_ON(lock->magic != lock);
    if (!try_take(lock, false))
        return 0;
    lockdep_acquire(&lock->dep_map, 0, 1, 0, 3, _RET_IP_);
    return 1;
}
EXPORT_SYMBOL(mutex_trylock);

void mutex_unlock(struct mutex *lock) {
    lockdep_release(&lock->dep_map, _RET_IP_);
    unsigned long word = task_word(current);

    if (unlikely(!change_owner(lock, word, 0)))
        unlock_slow(lock);
}
EXPORT_SYMBOL(mutex_unlock);

int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock) {
    return locking::last_one(
        cnt, [lock] { mutex_lock(lock); }, [lock] { mutex_unlock(lock); });
}
EXPORT_SYMBOL(atomic_dec_and_mutex_lock);
