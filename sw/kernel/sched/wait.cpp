// SPDX-License-Identifier: Apache-2.0
// Wait queues (Linux: kernel/sched/wait.c, wait_bit.c).
#include <linux/wait.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/sched/signal.h>
#include <linux/wait_bit.h>

#include "kernel/sched/sched.h"

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name, struct lock_class_key *key) {
    __raw_spin_lock_init(&wq_head->lock.rlock, name, key, 0);
    INIT_LIST_HEAD(&wq_head->head);
}
EXPORT_SYMBOL(__init_waitqueue_head);

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    unsigned long flags;

    wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
    spin_lock_irqsave(&wq_head->lock, flags);
    __add_wait_queue(wq_head, wq_entry);
    spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue);

void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    unsigned long flags;

    wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
    spin_lock_irqsave(&wq_head->lock, flags);
    __add_wait_queue_entry_tail(wq_head, wq_entry);
    spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue_exclusive);

void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    unsigned long flags;

    wq_entry->flags |= WQ_FLAG_EXCLUSIVE | WQ_FLAG_PRIORITY;
    spin_lock_irqsave(&wq_head->lock, flags);
    __add_wait_queue(wq_head, wq_entry);
    spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL_GPL(add_wait_queue_priority);

void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    unsigned long flags;

    spin_lock_irqsave(&wq_head->lock, flags);
    __remove_wait_queue(wq_head, wq_entry);
    spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(remove_wait_queue);

// Under the lock. Returns how many of the `nr` exclusive waiters are left to wake.
static int wake_up_common(struct wait_queue_head *wq_head, unsigned int mode, int nr, int wake_flags, void *key) {
    wait_queue_entry_t *entry, *next;

    list_for_each_entry_safe (entry, next, &wq_head->head, entry) {
        const unsigned int flags = entry->flags; // the entry may be gone after its function ran
        const int ret = entry->func(entry, mode, wake_flags, key);

        if (ret < 0)
            break;
        if (ret && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)
            break;
    }
    return nr;
}

static int wake_up_locking(struct wait_queue_head *wq_head, unsigned int mode, int nr, int wake_flags, void *key) {
    unsigned long flags;

    spin_lock_irqsave(&wq_head->lock, flags);
    const int left = wake_up_common(wq_head, mode, nr, wake_flags, key);
    spin_unlock_irqrestore(&wq_head->lock, flags);
    return nr - left;
}

int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key) {
    return wake_up_locking(wq_head, mode, nr, 0, key);
}
EXPORT_SYMBOL(__wake_up);

void __wake_up_on_current_cpu(struct wait_queue_head *wq_head, unsigned int mode, void *key) {
    wake_up_locking(wq_head, mode, 1, WF_SYNC, key);
}

void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key) {
    if (wq_head)
        wake_up_locking(wq_head, mode, 1, WF_SYNC, key);
}
EXPORT_SYMBOL_GPL(__wake_up_sync_key);

void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode) {
    __wake_up_sync_key(wq_head, mode, nullptr);
}
EXPORT_SYMBOL_GPL(__wake_up_sync);

void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr) {
    wake_up_common(wq_head, mode, nr, 0, nullptr);
}
EXPORT_SYMBOL_GPL(__wake_up_locked);

void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key) {
    wake_up_common(wq_head, mode, 1, 0, key);
}
EXPORT_SYMBOL_GPL(__wake_up_locked_key);

void __wake_up_pollfree(struct wait_queue_head *wq_head) {
    __wake_up(wq_head, TASK_NORMAL, 0, nullptr);
    WARN_ON_ONCE(waitqueue_active(wq_head));
}

// The queue first, then the state: a wake-up after this finds both.
void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state) {
    unsigned long flags;

    wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
    spin_lock_irqsave(&wq_head->lock, flags);
    if (list_empty(&wq_entry->entry))
        __add_wait_queue(wq_head, wq_entry);
    set_current_state(state);
    spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(prepare_to_wait);

bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state) {
    unsigned long flags;
    bool was_empty = false;

    wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
    spin_lock_irqsave(&wq_head->lock, flags);
    if (list_empty(&wq_entry->entry)) {
        was_empty = list_empty(&wq_head->head);
        __add_wait_queue_entry_tail(wq_head, wq_entry);
    }
    set_current_state(state);
    spin_unlock_irqrestore(&wq_head->lock, flags);
    return was_empty;
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

void init_wait_entry(struct wait_queue_entry *wq_entry, int flags) {
    wq_entry->flags = static_cast<unsigned int>(flags);
    wq_entry->private_ = current;
    wq_entry->func = autoremove_wake_function;
    INIT_LIST_HEAD(&wq_entry->entry);
}
EXPORT_SYMBOL(init_wait_entry);

long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state) {
    unsigned long flags;
    long ret = 0;

    spin_lock_irqsave(&wq_head->lock, flags);
    if (signal_pending_state(static_cast<unsigned int>(state), current)) {
        // An exclusive wake-up that comes from now on must find somebody else.
        list_del_init(&wq_entry->entry);
        ret = -ERESTARTSYS;
    } else {
        if (list_empty(&wq_entry->entry)) {
            if (wq_entry->flags & WQ_FLAG_EXCLUSIVE)
                __add_wait_queue_entry_tail(wq_head, wq_entry);
            else
                __add_wait_queue(wq_head, wq_entry);
        }
        set_current_state(state);
    }
    spin_unlock_irqrestore(&wq_head->lock, flags);
    return ret;
}
EXPORT_SYMBOL(prepare_to_wait_event);

void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    __set_current_state(TASK_RUNNING);
    // The waker removes the entry as its last access to it, so an entry that is off the list needs no lock.
    if (!list_empty_careful(&wq_entry->entry)) {
        unsigned long flags;

        spin_lock_irqsave(&wq_head->lock, flags);
        list_del_init(&wq_entry->entry);
        spin_unlock_irqrestore(&wq_head->lock, flags);
    }
}
EXPORT_SYMBOL(finish_wait);

int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags, void *key) {
    return try_to_wake_up(static_cast<task_struct *>(wq_entry->private_), mode, flags);
}
EXPORT_SYMBOL(default_wake_function);

int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key) {
    const int ret = default_wake_function(wq_entry, mode, sync, key);

    if (ret)
        list_del_init_careful(&wq_entry->entry);
    return ret;
}
EXPORT_SYMBOL(autoremove_wake_function);

long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout) {
    set_current_state(mode);
    if (!(READ_ONCE(wq_entry->flags) & WQ_FLAG_WOKEN) && !kthread_should_stop_or_park())
        timeout = schedule_timeout(timeout);
    __set_current_state(TASK_RUNNING);
    __atomic_fetch_and(&wq_entry->flags, ~static_cast<unsigned int>(WQ_FLAG_WOKEN), __ATOMIC_SEQ_CST);
    return timeout;
}
EXPORT_SYMBOL(wait_woken);

int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key) {
    __atomic_fetch_or(&wq_entry->flags, static_cast<unsigned int>(WQ_FLAG_WOKEN), __ATOMIC_SEQ_CST);
    return default_wake_function(wq_entry, mode, sync, key);
}
EXPORT_SYMBOL(woken_wake_function);

int do_wait_intr(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    if (list_empty(&wq_entry->entry))
        __add_wait_queue_entry_tail(wq_head, wq_entry);
    set_current_state(TASK_INTERRUPTIBLE);
    if (signal_pending(current))
        return -ERESTARTSYS;
    spin_unlock(&wq_head->lock);
    schedule();
    spin_lock(&wq_head->lock);
    return 0;
}
EXPORT_SYMBOL(do_wait_intr);

int do_wait_intr_irq(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry) {
    if (list_empty(&wq_entry->entry))
        __add_wait_queue_entry_tail(wq_head, wq_entry);
    set_current_state(TASK_INTERRUPTIBLE);
    if (signal_pending(current))
        return -ERESTARTSYS;
    spin_unlock_irq(&wq_head->lock);
    schedule();
    spin_lock_irq(&wq_head->lock);
    return 0;
}
EXPORT_SYMBOL(do_wait_intr_irq);

// ---- waiting for bits and variables ----

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
    wake_up_all(__var_waitqueue(var));
}
EXPORT_SYMBOL(wake_up_var);

void wake_up_bit(void *word, int bit) {
    wake_up_all(__var_waitqueue(word));
}
EXPORT_SYMBOL(wake_up_bit);
