// SPDX-License-Identifier: Apache-2.0
// Waiting for items, cancelling them, draining queues (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/wait_bit.h>

#include "kernel/oops.h"
#include "kernel/workqueue/workqueue_internal.h"
#include "port/order.h"
#include "port/trace.h"

void wq_barrier_func(work_struct *work) {
    complete(&container_of(work, wq_barrier, work)->done);
}

void init_wq_barrier(wq_barrier *barrier) {
    INIT_WORK_ONSTACK(&barrier->work, wq_barrier_func);
    claim(barrier->work);
    init_completion(&barrier->done);
    barrier->task = current;
}

namespace {

// The caller waits for the holder of `map`, which has it while it runs: an item, or all those of a queue.
void about_to_wait_for(lockdep_map &map, unsigned long caller) {
    might_sleep();
    if (unlikely(lockdep_active))
        lockdep_map_waited(&map, caller);
}

// Takes the item away from wherever it is, and marks it so that no caller, itself included, can queue it. Another one
// who cancels it comes first.
bool begin_cancel(work_struct &item, timer_list *timer) {
    for (;;) {
        if (const seized_item seized(item, timer); likely(seized)) {
            item_word::of(item).cancelling().put_into(item);
            return seized.was_pending();
        }
        wait_var_event(&item.data, !item_word::of(item).is_cancelling());
    }
}

bool cancel_and_wait(work_struct &item, timer_list *timer, unsigned long caller) {
    const bool was_pending = begin_cancel(item, timer);
    if (wq_online && !WARN_ON(!item.func)) {
        about_to_wait_for(item.lockdep_map, caller);
        wq_backend->wait(&item, true);
    }
    order_tell(waited, &item);
    release(item, item_word::never_ran());
    wake_up_var(&item.data);
    return was_pending;
}

bool cancel_without_waiting(work_struct &item, timer_list *timer) {
    const seized_item seized(item, timer);
    if (likely(seized))
        release(item, item_word::idle_after(item_word::of(item).last_runner()));
    return seized.was_pending();
}

} // namespace

bool flush_work(struct work_struct *work) {
    if (WARN_ON(!wq_online || !work->func))
        return false;
    about_to_wait_for(work->lockdep_map, _RET_IP_);
    const bool waited = wq_backend->wait(work, false);
    order_tell(waited, work);
    return waited;
}
EXPORT_SYMBOL_GPL(flush_work);

// What waits for its delay does not wait any longer.
// An item that waits for its time is queued at once.
static void no_longer_delay(struct delayed_work &delayed) {
    const irqs_off masked;
    if (timer_delete_sync(&delayed.timer))
        queue_work_irqoff(delayed.cpu, delayed.wq, &delayed.work);
}

bool flush_delayed_work(struct delayed_work *dwork) {
    no_longer_delay(*dwork);
    return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

bool flush_rcu_work(struct rcu_work *rwork) {
    const bool pending = work_pending(&rwork->work);
    if (pending)
        rcu_barrier();
    const bool waited = flush_work(&rwork->work);
    return waited || pending;
}
EXPORT_SYMBOL(flush_rcu_work);

bool cancel_work(struct work_struct *work) {
    return cancel_without_waiting(*work, nullptr);
}
EXPORT_SYMBOL(cancel_work);

bool cancel_work_sync(struct work_struct *work) {
    return cancel_and_wait(*work, nullptr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(cancel_work_sync);

bool cancel_delayed_work(struct delayed_work *dwork) {
    return cancel_without_waiting(dwork->work, &dwork->timer);
}
EXPORT_SYMBOL(cancel_delayed_work);

bool cancel_delayed_work_sync(struct delayed_work *dwork) {
    return cancel_and_wait(dwork->work, &dwork->timer, _RET_IP_);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

void __flush_workqueue(struct workqueue_struct *wq) {
    if (WARN_ON(!wq_online))
        return;
    about_to_wait_for(wq->lockdep_map, _RET_IP_);
    wq_backend->flush(wq);
    order_tell(waited, wq);
}
EXPORT_SYMBOL(__flush_workqueue);

namespace {

// As long as one of these lives, a queue takes only what its own items queue.
class draining {
public:
    explicit draining(workqueue_struct &wq)
        : wq_(wq) {
        count(1);
    }
    ~draining() { count(-1); }

private:
    void count(int by) {
        const hold l(wq_.mutex);
        wq_.nr_drainers += by;
        wq_.flags = (wq_.flags & ~static_cast<unsigned>(__WQ_DRAINING)) | (wq_.nr_drainers ? __WQ_DRAINING : 0u);
    }
    workqueue_struct &wq_;
};

bool is_drained(workqueue_struct &wq) {
    const hold l(wq.mutex);
    return wq_backend->drained(&wq);
}

// After the 10th, and each of the first ten hundreds.
bool worth_saying(unsigned tries) {
    return tries == 10 || (tries <= 1000 && tries % 100 == 0);
}

} // namespace

void drain_workqueue(struct workqueue_struct *wq) {
    const draining only_its_own(*wq);
    unsigned tries = 0;
    for (__flush_workqueue(wq); !is_drained(*wq); __flush_workqueue(wq)) {
        if (!worth_saying(++tries))
            continue;
        pr_warn("workqueue %s: %s() isn't complete after %u tries\n", wq->name, __func__, tries);
        report_finding(FINDING_workqueue, "workqueue %s: an item keeps queueing itself while the queue is drained",
                       wq->name);
    }
}
EXPORT_SYMBOL_GPL(drain_workqueue);

// Only there to be called, so that the compiler has something to warn about.
void __warn_flushing_systemwide_wq(void) {}
EXPORT_SYMBOL(__warn_flushing_systemwide_wq);
