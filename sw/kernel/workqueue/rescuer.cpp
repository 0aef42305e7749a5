// SPDX-License-Identifier: Apache-2.0
// Rescuers: one thread for each WQ_MEM_RECLAIM queue that runs its items when a pool gets no new worker, because memory
// is short or the creation hangs (Linux: kernel/workqueue.c).
//
// A manager that has been trying for too long calls, for each queue that has items waiting in its pool; the queue's
// list of maydays holds each pool_workqueue at most once, with a reference. The rescuer answers one call after the
// other: as a guest of the pool it takes the queue's items, and calls again itself if more have come up.
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>

#include "kernel/workqueue/cmwq.h"
#include "lib/result.h"

raw_spinlock_t wq_mayday_lock = __RAW_SPIN_LOCK_INITIALIZER(wq_mayday_lock);

namespace {

// pool->lock held. Nothing happens if there is no rescuer, or if it has this call already.
void send_mayday(pool_workqueue &pwq) {
    const hold l(wq_mayday_lock);
    const worker *rescuer = pwq.wq->rescuer;
    if (!rescuer || !list_empty(&pwq.mayday_node))
        return;
    get_pwq(&pwq); // the queue may be destroyed before the call is answered
    list_add_tail(&pwq.mayday_node, &pwq.wq->maydays);
    wake_up_process(rescuer->task);
}

pool_workqueue *next_call(workqueue_struct &wq) {
    const hold_irq l(wq_mayday_lock);
    pool_workqueue *pwq = first_of<&pool_workqueue::mayday_node>(wq.maydays);
    if (pwq)
        list_del_init(&pwq->mayday_node);
    return pwq;
}

// Barriers belong to the same pool_workqueue as their items, and so come along, behind them.
void take_items(worker &rescuer, pool_workqueue &pwq) {
    worker_pool &pool = *pwq.pool;
    WARN_ON_ONCE(!list_empty(&rescuer.scheduled));
    if (const work_struct *first = first_of<&work_struct::entry>(pool.worklist); first && get_work_pwq(*first) == &pwq)
        pool.note_progress();
    for (work_struct &item : taking<&work_struct::entry>(pool.worklist)) {
        if (get_work_pwq(item) == &pwq)
            list_move_tail(&item.entry, &rescuer.scheduled);
    }
}

void answer(worker &rescuer, pool_workqueue &pwq) {
    worker_pool &pool = *pwq.pool;
    const membership visit(rescuer, pool);
    const hold_irq l(pool.lock);
    take_items(rescuer, pwq);
    const bool found = !list_empty(&rescuer.scheduled);
    process_scheduled_works(rescuer);
    // What has just run may have let in more items; those of other queues get their turn first.
    if (found && pwq.nr_active && pool.lacks_worker())
        send_mayday(pwq);
    put_pwq(&pwq);
    // Workers that were woken meanwhile found this one in their way.
    if (pool.need_more_worker())
        pool.wake_up_worker();
}

// Sleeps until there is a call. Null: the rescuer is to stop, and what came until then is answered.
pool_workqueue *wait_for_call(workqueue_struct &wq) {
    for (;; schedule()) {
        set_current_state(TASK_IDLE);
        const bool stopping = kthread_should_stop();
        pool_workqueue *call = next_call(wq);
        if (!call && !stopping)
            continue;
        __set_current_state(TASK_RUNNING);
        return call;
    }
}

int rescuer_thread(void *data) {
    worker &rescuer = *static_cast<worker *>(data);
    const worker_mark mark;
    set_user_nice(current, rescuer_nice);
    while (pool_workqueue *call = wait_for_call(*rescuer.rescue_wq))
        answer(rescuer, *call);
    return 0;
}

} // namespace

// For everybody who waits in the pool, if that is still in need.
static void send_maydays(worker_pool &pool) {
    const hold_irq l(pool.lock);
    if (pool.lacks_worker())
        for (const work_struct &item : list_of<&work_struct::entry>(pool.worklist))
            send_mayday(*get_work_pwq(item));
}

// A manager has been trying to create a worker for too long.
void pool_mayday_timeout(timer_list *t) {
    worker_pool *pool = from_timer(pool, t, mayday_timer);
    send_maydays(*pool);
    mod_timer(&pool->mayday_timer, jiffies + mayday_interval);
}

static result<worker *> make_rescuer(workqueue_struct &wq) {
    own<worker> rescuer(new worker(nullptr, &wq));
    const int error = rescuer ? rescuer->get_thread(rescuer_thread, wq.name, cpu_possible_mask) : -ENOMEM;
    return error ? result<worker *>(failure(error)) : rescuer.release();
}

int init_rescuer(workqueue_struct *wq) {
    result<worker *> made = wq->flags & WQ_MEM_RECLAIM ? make_rescuer(*wq) : nullptr;
    wq->rescuer = made.value_or(nullptr);
    if (wq->rescuer)
        wake_up_process(wq->rescuer->task);
    return made.error();
}

void kill_rescuer(workqueue_struct *wq) {
    const own<worker> rescuer(wq->rescuer);
    if (!rescuer)
        return;
    {
        const hold_irq l(wq_mayday_lock);
        wq->rescuer = nullptr; // no calls from now on
    }
    kthread_stop(rescuer->task);
}
