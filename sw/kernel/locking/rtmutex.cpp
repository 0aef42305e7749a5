// SPDX-License-Identifier: Apache-2.0
// Mutexes with priority inheritance (Linux: kernel/locking/rtmutex.c). Waiters are served by priority, and an owner
// runs with that of the best task that waits for it, directly or through other owners.
//
// Owners and waiters form a graph: a task waits for at most one mutex, a mutex has at most one owner, so from each task
// one way leads on. The graph is small and rarely used; one lock guards all of it. The locks of the scheduler are taken
// inside it.
#include <linux/rtmutex.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>

#include "kernel/locking/internal.h"
#include "kernel/sched/sched.h"
#include "lib/guard.h"
#include "lib/ranges.h"

struct rt_mutex_waiter {
    list_head link; // in the mutex's waiters
    task_struct *task;
    rt_mutex *mutex;
};

namespace {

DEFINE_RAW_SPINLOCK(graph);

// Tasks that are not of real time are all the same here.
int rank(const task_struct *p) {
    return rt_prio(p->prio) ? p->prio : MAX_RT_PRIO;
}

task_struct *owner_of(const rt_mutex *m) {
    return static_cast<task_struct *>(m->owner);
}

// ---- who waits ----

// Better ones first, first come first among equals.
void line_up(rt_mutex *m, rt_mutex_waiter *w) {
    rt_mutex_waiter *worse =
        find_in<&rt_mutex_waiter::link>(m->waiters, [w](rt_mutex_waiter &o) { return rank(o.task) > rank(w->task); });

    list_add_tail(&w->link, worse ? &worse->link : &m->waiters);
}

// ---- who owns ----

void own(rt_mutex *m, task_struct *p) {
    m->owner = p;
    m->next_owned = p->pi_owned;
    p->pi_owned = m;
}

void disown(rt_mutex *m) {
    rt_mutex **place = &owner_of(m)->pi_owned;

    while (*place && *place != m)
        place = &(*place)->next_owned;
    if (*place)
        *place = m->next_owned;
    m->owner = nullptr;
}

// ---- inheritance ----

int best_rank_behind(const task_struct *p) {
    int best = MAX_RT_PRIO;

    for (const rt_mutex *m = p->pi_owned; m; m = m->next_owned)
        if (const rt_mutex_waiter *first = first_of<&rt_mutex_waiter::link>(m->waiters))
            best = min(best, rank(first->task));
    return best;
}

// Who waits for `p` has changed, or what they are worth: so has what `p` is worth, and everybody on the way from it.
void inherit(task_struct *p) {
    while (p && sched_inherit_prio(p, best_rank_behind(p))) {
        rt_mutex_waiter *w = p->pi_waiter;

        if (!w)
            return;
        list_del(&w->link);
        line_up(w->mutex, w);
        p = owner_of(w->mutex);
    }
}

// ---- taking and giving ----

bool take_free(rt_mutex *m) {
    const bool free = !m->owner;

    if (free)
        own(m, current);
    return free;
}

// The owner that gives it back hands it to the best waiter, so a task that finds itself the owner is through.
template <class Lock>
int wait_for_turn(rt_mutex *m, Lock &l, unsigned int state) {
    rt_mutex_waiter me = {{}, current, m};
    int error = 0;

    line_up(m, &me);
    current->pi_waiter = &me;
    inherit(owner_of(m));
    for (;;) {
        set_current_state(state);
        if (m->owner == current)
            break;
        if (signal_pending_state(state, current)) {
            list_del(&me.link);
            current->pi_waiter = nullptr;
            inherit(owner_of(m));
            error = -EINTR;
            break;
        }
        l.release();
        schedule();
        l.again();
    }
    __set_current_state(TASK_RUNNING);
    return error;
}

int lock_common(rt_mutex *m, unsigned int state, unsigned long caller) {
    might_sleep();
    lockdep_acquire(&m->dep_map, 0, 0, 0, 3, caller);
    on_failure not_held([=] { lockdep_release(&m->dep_map, caller); });
    hold_irq l(graph);
    const auto wait = [&] {
        const contention begun(m, m->dep_map.name, contention::rt, owner_of(m), caller);
        return begun.over(wait_for_turn(m, l, state));
    };
    const int ended = take_free(m) ? 0 : wait();

    if (ended == 0)
        not_held.dismiss();
    return ended;
}

} // namespace

// What the task is worth by itself has changed.
void rt_mutex_adjust_pi(task_struct *p) {
    hold_irqsave l(graph);

    if (rt_mutex_waiter *w = p->pi_waiter) {
        list_del(&w->link);
        line_up(w->mutex, w);
        inherit(owner_of(w->mutex));
    }
}

void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key) {
    lockdep_check_not_held(lock);
    lock->owner = nullptr;
    lock->next_owned = nullptr;
    INIT_LIST_HEAD(&lock->waiters);
    lockdep_init_map(&lock->dep_map, name, key, 0);
}
EXPORT_SYMBOL_GPL(__rt_mutex_init);

void rt_mutex_lock(struct rt_mutex *lock) {
    lock_common(lock, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock);

int rt_mutex_lock_interruptible(struct rt_mutex *lock) {
    return lock_common(lock, TASK_INTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_interruptible);

int rt_mutex_lock_killable(struct rt_mutex *lock) {
    return lock_common(lock, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_killable);

int rt_mutex_trylock(struct rt_mutex *lock) {
    hold_irqsave l(graph);
    const bool taken = take_free(lock);

    if (taken)
        lockdep_acquire(&lock->dep_map, 0, 1, 0, 3, _RET_IP_);
    return taken;
}
EXPORT_SYMBOL_GPL(rt_mutex_trylock);

void rt_mutex_unlock(struct rt_mutex *lock) {
    lockdep_release(&lock->dep_map, _RET_IP_);
    DEBUG_LOCKS_WARN_ON(READ_ONCE(lock->owner) != current);
    hold_irqsave l(graph);
    task_struct *before = owner_of(lock);
    rt_mutex_waiter *best = first_of<&rt_mutex_waiter::link>(lock->waiters);

    if (!before)
        return;
    disown(lock);
    if (best) {
        list_del(&best->link);
        best->task->pi_waiter = nullptr;
        own(lock, best->task);
        inherit(best->task); // of those that go on waiting
        wake_up_process(best->task);
    }
    inherit(before);
}
EXPORT_SYMBOL_GPL(rt_mutex_unlock);
