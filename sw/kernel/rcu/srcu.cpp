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
    ssp->started = ssp->completed = ssp->wanted = 0;
    spin_lock_init(&ssp->lock);
    ssp->callbacks = nullptr;
    INIT_WORK(&ssp->work, srcu_work);
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
    WRITE_ONCE(ssp->started, ssp->started + 1);
    // Twice: a reader may have read the index before the first flip and count itself only after it.
    flip_and_drain(ssp);
    flip_and_drain(ssp);
    order_tell(grace_period, ssp);
    WRITE_ONCE(ssp->completed, ssp->started);
    mutex_unlock(&ssp->mutex);
}
EXPORT_SYMBOL_GPL(synchronize_srcu);

void synchronize_srcu_expedited(struct srcu_struct *ssp) {
    synchronize_srcu(ssp);
}
EXPORT_SYMBOL_GPL(synchronize_srcu_expedited);

// Callbacks, and grace periods that somebody polls for: a work item has them.

static bool reached(unsigned long count, unsigned long goal) {
    return static_cast<long>(count - goal) >= 0;
}

void srcu_work(work_struct *work) {
    srcu_struct *ssp = container_of(work, srcu_struct, work);
    unsigned long flags;

    for (;;) {
        spin_lock_irqsave(&ssp->lock, flags);
        rcu_head *newest = ssp->callbacks, *oldest = nullptr;
        ssp->callbacks = nullptr;
        const bool polled = !reached(READ_ONCE(ssp->completed), ssp->wanted);
        spin_unlock_irqrestore(&ssp->lock, flags);
        if (!newest && !polled)
            return;
        synchronize_srcu(ssp);
        while (newest) {
            rcu_head *next = newest->next;
            newest->next = oldest;
            oldest = newest;
            newest = next;
        }
        while (oldest) {
            rcu_head *next = oldest->next;
            local_bh_disable();
            oldest->func(oldest);
            local_bh_enable();
            oldest = next;
        }
    }
}
EXPORT_SYMBOL_GPL(srcu_work);

// Notes with the lock held what somebody wants of the work item, which then runs.
template <typename Note>
static __always_inline void want(srcu_struct *ssp, Note note) {
    {
        hold_irqsave l(ssp->lock);
        note();
    }
    schedule_work(&ssp->work);
}

void call_srcu(srcu_struct *ssp, rcu_head *head, void (*func)(rcu_head *)) {
    want(ssp, [=] {
        head->next = ssp->callbacks;
        head->func = func;
        ssp->callbacks = head;
    });
}
EXPORT_SYMBOL_GPL(call_srcu);

void srcu_barrier(srcu_struct *ssp) {
    flush_work(&ssp->work);
}
EXPORT_SYMBOL_GPL(srcu_barrier);

unsigned long get_state_synchronize_srcu(srcu_struct *ssp) {
    smp_mb();
    return READ_ONCE(ssp->started) + 1;
}
EXPORT_SYMBOL_GPL(get_state_synchronize_srcu);

unsigned long start_poll_synchronize_srcu(srcu_struct *ssp) {
    unsigned long cookie;

    want(ssp, [&] {
        cookie = get_state_synchronize_srcu(ssp);
        if (!reached(ssp->wanted, cookie))
            ssp->wanted = cookie;
    });
    return cookie;
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_srcu);

bool poll_state_synchronize_srcu(srcu_struct *ssp, unsigned long cookie) {
    return reached(READ_ONCE(ssp->completed), cookie);
}
EXPORT_SYMBOL_GPL(poll_state_synchronize_srcu);

unsigned long srcu_batches_completed(srcu_struct *ssp) {
    return READ_ONCE(ssp->completed);
}
EXPORT_SYMBOL_GPL(srcu_batches_completed);
