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
#include <linux/slab.h>

#include "kernel/workqueue/cmwq.h"

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

// As long as it lives, the rescuer is one of the pool's workers.
class guest_of_pool {
public:
    guest_of_pool(worker &rescuer, worker_pool &pool)
        : rescuer_(rescuer) {
        worker_attach_to_pool(&rescuer, &pool);
    }
    ~guest_of_pool() { worker_detach_from_pool(&rescuer_); }

private:
    worker &rescuer_;
};

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
    const guest_of_pool visit(rescuer, pool);
    const hold_irq l(pool.lock);
    take_items(rescuer, pwq);
    const bool found = !list_empty(&rescuer.scheduled);
    process_scheduled_works(&rescuer);
    // What has just run may have let in more items; those of other queues get their turn first.
    if (found && pwq.nr_active && pool.need_to_create_worker())
        send_mayday(pwq);
    put_pwq(&pwq);
    // Workers that were woken meanwhile found this one in their way.
    if (pool.need_more_worker())
        pool.wake_up_worker();
}

int rescuer_thread(void *data) {
    worker *rescuer = static_cast<worker *>(data);
    set_user_nice(current, rescuer_nice);
    set_pf_worker(true);
    for (bool stopping = false; !stopping;) {
        set_current_state(TASK_IDLE);
        // Looked at before the calls: what came until then is still answered.
        stopping = kthread_should_stop();
        while (pool_workqueue *pwq = next_call(*rescuer->rescue_wq)) {
            __set_current_state(TASK_RUNNING);
            answer(*rescuer, *pwq);
        }
        WARN_ON_ONCE(!rescuer->away);
        if (!stopping)
            schedule();
    }
    __set_current_state(TASK_RUNNING);
    set_pf_worker(false);
    return 0;
}

task_struct *thread_for_rescuer(worker &rescuer, const void *name) {
    task_struct *task = kthread_create(rescuer_thread, &rescuer, "%s", static_cast<const char *>(name));
    if (!IS_ERR(task))
        kthread_bind_mask(task, cpu_possible_mask);
    return task;
}

} // namespace

// For everybody who waits in the pool, if that is still in need.
static void send_maydays(worker_pool &pool) {
    const hold_irq l(pool.lock);
    if (pool.need_to_create_worker())
        for (const work_struct &item : list_of<&work_struct::entry>(pool.worklist))
            send_mayday(*get_work_pwq(item));
}

// A manager has been trying to create a worker for too long.
void pool_mayday_timeout(timer_list *t) {
    worker_pool *pool = from_timer(pool, t, mayday_timer);
    send_maydays(*pool);
    mod_timer(&pool->mayday_timer, jiffies + mayday_interval);
}

int init_rescuer(workqueue_struct *wq) {
    const bool wanted = wq->flags & WQ_MEM_RECLAIM;
    result<worker *> made = wanted ? make_worker(thread_for_rescuer, 0, wq->name) : nullptr;
    wq->rescuer = made.value_or(nullptr);
    if (wq->rescuer) {
        wq->rescuer->rescue_wq = wq;
        wake_up_process(wq->rescuer->task);
    }
    return made.error();
}

void kill_rescuer(workqueue_struct *wq) {
    worker *rescuer = wq->rescuer;
    if (!rescuer)
        return;
    {
        const hold_irq l(wq_mayday_lock);
        wq->rescuer = nullptr; // no calls from now on
    }
    kthread_stop(rescuer->task);
    kfree(rescuer);
}
