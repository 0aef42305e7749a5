// SPDX-License-Identifier: Apache-2.0
// Waiting in a queue. Wait queues and simple wait queues are two uses of this: a lock, a list, and entries that say
// which task waits.
//
// An entry is in one of two states: off the list, or on it. Only its task puts it there, under the queue's lock. The
// task takes it off again, or the waker does, as the last thing that it does to the entry: so an
// entry that is off the list belongs to its task alone, and no lock is needed to see that.
//
// The order that no wake-up may be lost by: first the entry on the list, then the task's state, then the condition.
#ifndef KERNEL_SCHED_WAITERS_H
#define KERNEL_SCHED_WAITERS_H

#include <linux/errno.h>
#include <linux/sched/signal.h>
#include <linux/swait.h>
#include <linux/wait.h>

#include "kernel/sched/sched.h"
#include "lib/guard.h"
#include "lib/ranges.h"

namespace waiters {

inline spinlock_t &lock_of(wait_queue_head &q) {
    return q.lock;
}
inline raw_spinlock_t &lock_of(swait_queue_head &q) {
    return q.lock;
}
inline list_head &entries_of(wait_queue_head &q) {
    return q.head;
}
inline list_head &entries_of(swait_queue_head &q) {
    return q.task_list;
}
inline list_head &link_of(wait_queue_entry &e) {
    return e.entry;
}
inline list_head &link_of(swait_queue &e) {
    return e.task_list;
}

// The lock is held. Queues the entry unless it is already; true if it is the only one now.
template <class Queue, class Entry>
inline bool join(Queue &q, Entry &e, bool at_end) {
    list_head &all = entries_of(q);

    if (!list_empty(&link_of(e)))
        return false;
    list_add(&link_of(e), at_end ? all.prev : &all);
    return list_is_singular(&all);
}

// Queues the entry and lets the task's state be `state` from then on.
template <class Queue, class Entry>
inline bool enter(Queue &q, Entry &e, int state, bool at_end) {
    hold_irqsave l(lock_of(q));
    const bool first = join(q, e, at_end);

    set_current_state(state);
    return first;
}

// The same, unless a signal ends the wait: then the entry is off the list, so that a wake-up for one waiter that comes
// from now on finds somebody else, and the result is -ERESTARTSYS.
template <class Queue, class Entry>
inline long enter_unless_signalled(Queue &q, Entry &e, int state, bool at_end) {
    hold_irqsave l(lock_of(q));

    if (signal_pending_state(static_cast<unsigned>(state), current)) {
        list_del_init(&link_of(e));
        return -ERESTARTSYS;
    }
    join(q, e, at_end);
    set_current_state(state);
    return 0;
}

template <class Queue, class Entry>
inline void leave(Queue &q, Entry &e) {
    __set_current_state(TASK_RUNNING);
    if (list_empty_careful(&link_of(e)))
        return;
    hold_irqsave l(lock_of(q));
    list_del_init(&link_of(e));
}

// Wakes the task that has waited longest in a simple queue, whose lock is held. False: no task waits.
inline bool wake_first(list_head &waiting) {
    swait_queue *first = first_of<&swait_queue::task_list>(waiting);

    if (!first)
        return false;
    try_to_wake_up(first->task, TASK_NORMAL, 0);
    list_del_init(&first->task_list);
    return true;
}

} // namespace waiters

#endif
