// SPDX-License-Identifier: Apache-2.0
// Waiting for items, cancelling them, draining queues (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "kernel/workqueue/workqueue_internal.h"
#include "port/trace.h"

void wq_barrier_func(work_struct *work) {
    complete(&container_of(work, wq_barrier, work)->done);
}

void init_wq_barrier(wq_barrier *barrier) {
    INIT_WORK_ONSTACK(&barrier->work, wq_barrier_func);
    __set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&barrier->work));
    init_completion(&barrier->done);
    barrier->task = current;
}

bool flush_work(struct work_struct *work) {
    if (WARN_ON(!wq_online) || WARN_ON(!work->func))
        return false;
    might_sleep();
    if (unlikely(lockdep_active))
        lockdep_map_waited(&work->lockdep_map, _RET_IP_);
    return wq_backend->wait(work, false);
}
EXPORT_SYMBOL_GPL(flush_work);

bool flush_delayed_work(struct delayed_work *dwork) {
    local_irq_disable();
    if (timer_delete_sync(&dwork->timer))
        queue_work_irqoff(dwork->cpu, dwork->wq, &dwork->work);
    local_irq_enable();
    return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

bool flush_rcu_work(struct rcu_work *rwork) {
    if (test_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&rwork->work))) {
        rcu_barrier();
        flush_work(&rwork->work);
        return true;
    }
    return flush_work(&rwork->work);
}
EXPORT_SYMBOL(flush_rcu_work);

namespace {

// Who waits until another one has finished cancelling the same item.
DECLARE_WAIT_QUEUE_HEAD(cancel_waitq);

struct cancel_waiter {
    wait_queue_entry_t wait;
    work_struct *work;
};

int cancel_wake(wait_queue_entry_t *wait, unsigned mode, int sync, void *key) {
    if (container_of(wait, cancel_waiter, wait)->work != key)
        return 0;
    return autoremove_wake_function(wait, mode, sync, key);
}

void wait_for_canceler(work_struct *work) {
    cancel_waiter waiter;
    init_wait(&waiter.wait);
    waiter.wait.func = cancel_wake;
    waiter.work = work;
    prepare_to_wait_exclusive(&cancel_waitq, &waiter.wait, TASK_UNINTERRUPTIBLE);
    if (work_is_canceling(work))
        schedule();
    finish_wait(&cancel_waitq, &waiter.wait);
}

bool cancel_work_common(work_struct *work, bool is_dwork, unsigned long caller) {
    unsigned long flags;
    int ret;
    do {
        ret = try_to_grab_pending(work, is_dwork, &flags);
        if (unlikely(ret == -ENOENT))
            wait_for_canceler(work);
    } while (unlikely(ret < 0));
    // While it is pending and marked nobody else can queue it, itself included.
    mark_work_canceling(work);
    local_irq_restore(flags);

    if (wq_online && !WARN_ON(!work->func)) {
        might_sleep();
        if (unlikely(lockdep_active))
            lockdep_map_waited(&work->lockdep_map, caller);
        wq_backend->wait(work, true);
    }
    clear_work_data(work);
    smp_mb();
    if (waitqueue_active(&cancel_waitq))
        __wake_up(&cancel_waitq, TASK_NORMAL, 1, work);
    return ret;
}

bool cancel_without_waiting(work_struct *work, bool is_dwork) {
    unsigned long flags;
    int ret;
    do
        ret = try_to_grab_pending(work, is_dwork, &flags);
    while (unlikely(ret == -EAGAIN));
    if (unlikely(ret < 0))
        return false;
    set_work_pool_and_clear_pending(work, work_offq_id(work_data(work)));
    local_irq_restore(flags);
    return ret;
}

} // namespace

bool cancel_work(struct work_struct *work) {
    return cancel_without_waiting(work, false);
}
EXPORT_SYMBOL(cancel_work);

bool cancel_work_sync(struct work_struct *work) {
    return cancel_work_common(work, false, _RET_IP_);
}
EXPORT_SYMBOL_GPL(cancel_work_sync);

bool cancel_delayed_work(struct delayed_work *dwork) {
    return cancel_without_waiting(&dwork->work, true);
}
EXPORT_SYMBOL(cancel_delayed_work);

bool cancel_delayed_work_sync(struct delayed_work *dwork) {
    return cancel_work_common(&dwork->work, true, _RET_IP_);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

void __flush_workqueue(struct workqueue_struct *wq) {
    if (WARN_ON(!wq_online))
        return;
    might_sleep();
    if (unlikely(lockdep_active))
        lockdep_map_waited(&wq->lockdep_map, _RET_IP_);
    wq_backend->flush(wq);
}
EXPORT_SYMBOL(__flush_workqueue);

void drain_workqueue(struct workqueue_struct *wq) {
    unsigned tries = 0;
    mutex_lock(&wq->mutex);
    if (!wq->nr_drainers++)
        wq->flags |= __WQ_DRAINING;
    mutex_unlock(&wq->mutex);

    for (bool drained = false; !drained;) {
        __flush_workqueue(wq);
        mutex_lock(&wq->mutex);
        drained = wq_backend->drained(wq);
        if (!drained) {
            tries++;
            if (tries == 10 || (tries % 100 == 0 && tries <= 1000)) {
                pr_warn("workqueue %s: %s() isn't complete after %u tries\n", wq->name, __func__, tries);
                report_defect("workqueue %s: an item keeps queueing itself while the queue is drained", wq->name);
            }
        } else if (!--wq->nr_drainers) {
            wq->flags &= ~static_cast<unsigned>(__WQ_DRAINING);
        }
        mutex_unlock(&wq->mutex);
    }
}
EXPORT_SYMBOL_GPL(drain_workqueue);

// Only there to be called, so that the compiler has something to warn about.
void __warn_flushing_systemwide_wq(void) {}
EXPORT_SYMBOL(__warn_flushing_systemwide_wq);
