// SPDX-License-Identifier: Apache-2.0
// Simple wait queues (Linux: kernel/sched/swait.c): every waiter is exclusive, and waking is always the same, so the
// work under the raw lock is bounded.
#include <linux/swait.h>

#include <linux/export.h>

#include "kernel/sched/sched.h"
#include "kernel/sched/waiters.h"
#include "port/order.h"

using waiters::wake_first;

void __init_swait_queue_head(struct swait_queue_head *q, const char *name, struct lock_class_key *key) {
    __raw_spin_lock_init(&q->lock, name, key, 0);
    INIT_LIST_HEAD(&q->task_list);
}
EXPORT_SYMBOL(__init_swait_queue_head);

// ---- waking ----

void swake_up_locked(struct swait_queue_head *q) {
    order_tell(signal, q);
    wake_first(q->task_list);
}
EXPORT_SYMBOL(swake_up_locked);

void swake_up_all_locked(struct swait_queue_head *q) {
    order_tell(signal, q);
    while (wake_first(q->task_list))
        ;
}

void swake_up_one(struct swait_queue_head *q) {
    order_tell(signal, q);
    hold_irqsave l(q->lock);
    wake_first(q->task_list);
}
EXPORT_SYMBOL(swake_up_one);

// Those that wait now. Interrupts are masked for one of them at a time; who comes meanwhile is not woken.
void swake_up_all(struct swait_queue_head *q) {
    order_tell(signal, q);
    LIST_HEAD(those);
    hold_irq l(q->lock);

    list_splice_init(&q->task_list, &those);
    while (wake_first(those) && !list_empty(&those)) {
        l.release();
        l.again();
    }
}
EXPORT_SYMBOL(swake_up_all);

// ---- waiting ----

void __prepare_to_swait(struct swait_queue_head *q, struct swait_queue *wait) {
    wait->task = current;
    waiters::join(*q, *wait, true);
}

void __finish_swait(struct swait_queue_head *q, struct swait_queue *wait) {
    __set_current_state(TASK_RUNNING);
    list_del_init(&wait->task_list);
}

void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state) {
    wait->task = current;
    waiters::enter(*q, *wait, state, true);
}
EXPORT_SYMBOL(prepare_to_swait_exclusive);

long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state) {
    wait->task = current;
    return waiters::enter_unless_signalled(*q, *wait, state, true);
}
EXPORT_SYMBOL(prepare_to_swait_event);

void finish_swait(struct swait_queue_head *q, struct swait_queue *wait) {
    waiters::leave(*q, *wait);
}
EXPORT_SYMBOL(finish_swait);
