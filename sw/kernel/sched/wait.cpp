// SPDX-License-Identifier: Apache-2.0
// Wait queues (Linux: kernel/sched/wait.c, wait_bit.c). Entries that are woken together stand in front, those that are
// woken one at a time, the exclusive ones, at the end; each entry's function says what waking it is.
#include <linux/wait.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/sched/signal.h>
#include <linux/wait_bit.h>

#include "kernel/sched/sched.h"
#include "kernel/sched/waiters.h"
#include "lib/ranges.h"
#include "port/order.h"

namespace {

// One wake-up of a queue: the tasks in `mode`, and no more than `nr` of the exclusive ones (0: all).
struct wake_up_call {
    unsigned int mode;
    int nr;
    int flags;
    void *key;

    // The lock is held. How many exclusive ones were woken.
    int deliver_locked(wait_queue_head &q) const {
        int woken = 0;

        order_tell(signal, &q);
        for (wait_queue_entry &e : taking<&wait_queue_entry::entry>(q.head)) {
            const bool exclusive = e.flags & WQ_FLAG_EXCLUSIVE; // the entry may be gone after its function
            const int verdict = e.func(&e, mode, flags, key);

            if (verdict < 0 || (verdict && exclusive && ++woken == nr))
                break;
        }
        return woken;
    }

    int deliver(wait_queue_head &q) const {
        hold_irqsave l(q.lock);

        return deliver_locked(q);
    }
};

// `set`: the flags that say how the entry is woken.
void add_entry(wait_queue_head *q, wait_queue_entry *e, unsigned int set, bool at_end) {
    e->flags = (e->flags & ~WQ_FLAG_EXCLUSIVE) | set;
    hold_irqsave l(q->lock);
    at_end ? __add_wait_queue_entry_tail(q, e) : __add_wait_queue(q, e);
}

// Sleeps once in a queue whose lock the caller holds, by these two functions.
template <void (*let_go)(spinlock_t *), void (*take)(spinlock_t *)>
int sleep_locked(wait_queue_head *q, wait_queue_entry *e) {
    waiters::join(*q, *e, true);
    set_current_state(TASK_INTERRUPTIBLE);
    const bool interrupted = signal_pending(current);

    if (!interrupted) {
        let_go(&q->lock);
        schedule();
        take(&q->lock);
    }
    return interrupted ? -ERESTARTSYS : 0;
}

constexpr unsigned int mark = WQ_FLAG_WOKEN;

void leave_mark(wait_queue_entry &e) {
    __atomic_fetch_or(&e.flags, mark, __ATOMIC_SEQ_CST);
}
void take_mark(wait_queue_entry &e) {
    __atomic_fetch_and(&e.flags, ~mark, __ATOMIC_SEQ_CST);
}
bool has_mark(const wait_queue_entry &e) {
    return READ_ONCE(e.flags) & mark;
}

} // namespace

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name, struct lock_class_key *key) {
    __raw_spin_lock_init(&wq_head->lock.rlock, name, key, 0);
    INIT_LIST_HEAD(&wq_head->head);
}
EXPORT_SYMBOL(__init_waitqueue_head);

void init_wait_entry(struct wait_queue_entry *wq_entry, int flags) {
    __wait_entry_set(wq_entry, current, autoremove_wake_function);
    wq_entry->flags = static_cast<unsigned int>(flags);
    INIT_LIST_HEAD(&wq_entry->entry);
}
EXPORT_SYMBOL(init_wait_entry);

// ---- waiting ----

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    add_entry(wq_head, wq_entry, 0, false);
}
EXPORT_SYMBOL(add_wait_queue);

void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    add_entry(wq_head, wq_entry, WQ_FLAG_EXCLUSIVE, true);
}
EXPORT_SYMBOL(add_wait_queue_exclusive);

void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    add_entry(wq_head, wq_entry, WQ_FLAG_EXCLUSIVE | WQ_FLAG_PRIORITY, false);
}
EXPORT_SYMBOL_GPL(add_wait_queue_priority);

void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    hold_irqsave l(wq_head->lock);
    __remove_wait_queue(wq_head, wq_entry);
}
EXPORT_SYMBOL(remove_wait_queue);

void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state) {
    wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
    waiters::enter(*wq_head, *wq_entry, state, false);
}
EXPORT_SYMBOL(prepare_to_wait);

bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state) {
    wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
    return waiters::enter(*wq_head, *wq_entry, state, true);
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state) {
    return waiters::enter_unless_signalled(*wq_head, *wq_entry, state, wq_entry->flags & WQ_FLAG_EXCLUSIVE);
}
EXPORT_SYMBOL(prepare_to_wait_event);

void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    waiters::leave(*wq_head, *wq_entry);
    order_tell(received, wq_head);
}
EXPORT_SYMBOL(finish_wait);

int do_wait_intr(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    return sleep_locked<spin_unlock, spin_lock>(wq_head, wq_entry);
}
EXPORT_SYMBOL(do_wait_intr);

int do_wait_intr_irq(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    return sleep_locked<spin_unlock_irq, spin_lock_irq>(wq_head, wq_entry);
}
EXPORT_SYMBOL(do_wait_intr_irq);

// The waker leaves a mark in the entry, so the task need not be asleep yet when it is woken.
long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout) {
    const auto has_reason_to_go_on = [=] { return has_mark(*wq_entry) || kthread_should_stop_or_park(); };

    set_current_state(mode);
    const long left = has_reason_to_go_on() ? timeout : schedule_timeout(timeout);
    __set_current_state(TASK_RUNNING);
    take_mark(*wq_entry);
    return left;
}
EXPORT_SYMBOL(wait_woken);

// ---- waking ----

int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags, void *key) {
    return try_to_wake_up(static_cast<task_struct *>(wq_entry->private_), mode, flags);
}
EXPORT_SYMBOL(default_wake_function);

int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key) {
    const int woken = default_wake_function(wq_entry, mode, sync, key);

    if (woken)
        list_del_init_careful(&wq_entry->entry);
    return woken;
}
EXPORT_SYMBOL(autoremove_wake_function);

int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key) {
    leave_mark(*wq_entry);
    return default_wake_function(wq_entry, mode, sync, key);
}
EXPORT_SYMBOL(woken_wake_function);

int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key) {
    return wake_up_call{mode, nr, 0, key}.deliver(*wq_head);
}
EXPORT_SYMBOL(__wake_up);

void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr) {
    wake_up_call{mode, nr, 0, nullptr}.deliver_locked(*wq_head);
}
EXPORT_SYMBOL_GPL(__wake_up_locked);

void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key) {
    wake_up_call{mode, 1, 0, key}.deliver_locked(*wq_head);
}
EXPORT_SYMBOL_GPL(__wake_up_locked_key);

// The waker is about to sleep, so the woken one may as well run where it does.
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key) {
    if (likely(wq_head))
        wake_up_call{mode, 1, WF_SYNC, key}.deliver(*wq_head);
}
EXPORT_SYMBOL_GPL(__wake_up_sync_key);

void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode) {
    __wake_up_sync_key(wq_head, mode, nullptr);
}
EXPORT_SYMBOL_GPL(__wake_up_sync);

void __wake_up_on_current_cpu(struct wait_queue_head *wq_head, unsigned int mode, void *key) {
    __wake_up_sync_key(wq_head, mode, key);
}

void __wake_up_pollfree(struct wait_queue_head *wq_head) {
    __wake_up(wq_head, TASK_NORMAL, 0, nullptr);
    WARN_ON_ONCE(waitqueue_active(wq_head));
}

// ---- bits and variables: waiters share a few queues, by the address that they wait for ----

constexpr unsigned wait_table_bits = 4;
static wait_queue_head bit_wait_table[1 << wait_table_bits];

void wait_bit_init() {
    for (auto &queue : bit_wait_table)
        init_waitqueue_head(&queue);
}

// By the physical address, which is the same in every run.
wait_queue_head_t *__var_waitqueue(void *p) {
    return &bit_wait_table[hash_64(port_pa(p), wait_table_bits)];
}
EXPORT_SYMBOL(__var_waitqueue);

void wake_up_var(void *var) {
    order_tell(signal, var);
    wake_up_all(__var_waitqueue(var));
}
EXPORT_SYMBOL(wake_up_var);

void wake_up_bit(void *word, int bit) {
    order_tell(signal, word);
    wake_up_all(__var_waitqueue(word));
}
EXPORT_SYMBOL(wake_up_bit);
