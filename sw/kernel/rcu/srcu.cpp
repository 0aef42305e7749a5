// SPDX-License-Identifier: Apache-2.0
// Sleepable RCU (Linux: kernel/rcu/srcutiny.c). Two counters of readers: new ones use one while the other drains.
#include <linux/srcu.h>

#include <linux/export.h>
#include <linux/sched.h>

#include "lib/guard.h"
#include "port/order.h"

int init_srcu_struct(struct srcu_struct *ssp) {
    mutex_init(&ssp->mutex);
    init_waitqueue_head(&ssp->wait);
    ssp->idx = 0;
    atomic_set(&ssp->readers[0], 0);
    atomic_set(&ssp->readers[1], 0);
    spin_lock_init(&ssp->lock);
    ssp->first = ssp->last = nullptr;
    INIT_WORK(&ssp->work, __srcu_call_back);
    return 0;
}
EXPORT_SYMBOL_GPL(init_srcu_struct);

void cleanup_srcu_struct(struct srcu_struct *ssp) {
    flush_work(&ssp->work);
    WARN_ON(atomic_read(&ssp->readers[0]) || atomic_read(&ssp->readers[1]));
}
EXPORT_SYMBOL_GPL(cleanup_srcu_struct);

int __srcu_read_lock(struct srcu_struct *ssp) {
    const unsigned int idx = READ_ONCE(ssp->idx) & 1;

    atomic_inc(&ssp->readers[idx]);
    smp_mb();
    return static_cast<int>(idx);
}
EXPORT_SYMBOL_GPL(__srcu_read_lock);

void __srcu_read_unlock(struct srcu_struct *ssp, int idx) {
    order_tell(reader_end, ssp);
    if (atomic_dec_and_test(&ssp->readers[idx]))
        wake_up_all(&ssp->wait);
}
EXPORT_SYMBOL_GPL(__srcu_read_unlock);

static void flip_and_drain(srcu_struct *ssp) {
    const unsigned int old = ssp->idx & 1;

    WRITE_ONCE(ssp->idx, ssp->idx + 1);
    smp_mb();
    wait_event(ssp->wait, !atomic_read(&ssp->readers[old]));
}

void synchronize_srcu(struct srcu_struct *ssp) {
    might_sleep();
    mutex_lock(&ssp->mutex);
    // Twice: a reader may have read the index before the first flip and count itself only after it.
    flip_and_drain(ssp);
    flip_and_drain(ssp);
    order_tell(grace_period, ssp);
    mutex_unlock(&ssp->mutex);
}
EXPORT_SYMBOL_GPL(synchronize_srcu);

void synchronize_srcu_expedited(struct srcu_struct *ssp) {
    synchronize_srcu(ssp);
}
EXPORT_SYMBOL_GPL(synchronize_srcu_expedited);

static rcu_head *take_callbacks(srcu_struct *ssp) {
    hold_irqsave l(ssp->lock);
    rcu_head *all = ssp->first;

    ssp->first = ssp->last = nullptr;
    return all;
}

void __srcu_call_back(struct work_struct *work) {
    auto *ssp = container_of(work, srcu_struct, work);
    rcu_head *head = take_callbacks(ssp);

    synchronize_srcu(ssp);
    while (head) {
        rcu_head *const next = head->next;
        const bh_off b;
        head->func(head);
        head = next;
    }
}
EXPORT_SYMBOL_GPL(__srcu_call_back);

void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func) {
    head->func = func;
    head->next = nullptr;
    {
        hold_irqsave l(ssp->lock);
        if (ssp->last)
            ssp->last->next = head;
        else
            ssp->first = head;
        ssp->last = head;
    }
    schedule_work(&ssp->work);
}
EXPORT_SYMBOL_GPL(call_srcu);

void srcu_barrier(struct srcu_struct *ssp) {
    flush_work(&ssp->work);
}
EXPORT_SYMBOL_GPL(srcu_barrier);
