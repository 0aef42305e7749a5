// SPDX-License-Identifier: Apache-2.0
// Rescuers: one thread for each WQ_MEM_RECLAIM queue that runs its items when a pool gets no new worker, because memory
// is short or the creation hangs (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#include "kernel/workqueue/cmwq.h"

raw_spinlock_t wq_mayday_lock = __RAW_SPIN_LOCK_INITIALIZER(wq_mayday_lock);

// pool->lock and wq_mayday_lock held.
static void send_mayday(work_struct *work) {
    pool_workqueue *pwq = get_work_pwq(work);
    workqueue_struct *wq = pwq->wq;
    if (!wq->rescuer || !list_empty(&pwq->mayday_node))
        return;
    // The queue may be destroyed before the rescuer gets here.
    get_pwq(pwq);
    list_add_tail(&pwq->mayday_node, &wq->maydays);
    wake_up_process(wq->rescuer->task);
}

// A manager has been trying to create a worker for too long.
void pool_mayday_timeout(timer_list *t) {
    worker_pool *pool = from_timer(pool, t, mayday_timer);
    raw_spin_lock_irq(&pool->lock);
    raw_spin_lock(&wq_mayday_lock);
    if (need_to_create_worker(pool)) {
        work_struct *work;
        list_for_each_entry (work, &pool->worklist, entry)
            send_mayday(work);
    }
    raw_spin_unlock(&wq_mayday_lock);
    raw_spin_unlock_irq(&pool->lock);
    mod_timer(&pool->mayday_timer, jiffies + mayday_interval);
}

static void rescue(worker *rescuer, pool_workqueue *pwq) {
    worker_pool *pool = pwq->pool;
    worker_attach_to_pool(rescuer, pool);
    raw_spin_lock_irq(&pool->lock);

    WARN_ON_ONCE(!list_empty(&rescuer->scheduled));
    work_struct *work, *next;
    bool first = true;
    list_for_each_entry_safe (work, next, &pool->worklist, entry) {
        if (get_work_pwq(work) == pwq) {
            if (first)
                pool->watchdog_ts = jiffies;
            move_linked_works(work, &rescuer->scheduled, &next);
        }
        first = false;
    }
    if (!list_empty(&rescuer->scheduled)) {
        process_scheduled_works(rescuer);
        // What has just run may have made more items active; those of other queues get their turn first.
        if (pwq->nr_active && need_to_create_worker(pool)) {
            raw_spin_lock(&wq_mayday_lock);
            if (pwq->wq->rescuer && list_empty(&pwq->mayday_node)) {
                get_pwq(pwq);
                list_add_tail(&pwq->mayday_node, &pwq->wq->maydays);
            }
            raw_spin_unlock(&wq_mayday_lock);
        }
    }
    put_pwq(pwq);
    // Workers that were woken meanwhile found this one in their way.
    if (need_more_worker(pool))
        wake_up_worker(pool);
    raw_spin_unlock_irq(&pool->lock);
    worker_detach_from_pool(rescuer);
}

static int rescuer_thread(void *data) {
    worker *rescuer = static_cast<worker *>(data);
    workqueue_struct *wq = rescuer->rescue_wq;
    set_user_nice(current, rescuer_nice);
    set_pf_worker(true);
    for (;;) {
        set_current_state(TASK_IDLE);
        // Looked at before the list: what was sent until then is still served.
        const bool should_stop = kthread_should_stop();
        raw_spin_lock_irq(&wq_mayday_lock);
        while (!list_empty(&wq->maydays)) {
            pool_workqueue *pwq = list_first_entry(&wq->maydays, pool_workqueue, mayday_node);
            __set_current_state(TASK_RUNNING);
            list_del_init(&pwq->mayday_node);
            raw_spin_unlock_irq(&wq_mayday_lock);
            rescue(rescuer, pwq);
            raw_spin_lock_irq(&wq_mayday_lock);
        }
        raw_spin_unlock_irq(&wq_mayday_lock);
        if (should_stop) {
            __set_current_state(TASK_RUNNING);
            set_pf_worker(false);
            return 0;
        }
        WARN_ON_ONCE(!(rescuer->flags & worker_not_running));
        schedule();
    }
}

int init_rescuer(workqueue_struct *wq) {
    if (!(wq->flags & WQ_MEM_RECLAIM))
        return 0;
    worker *rescuer = alloc_worker(-1);
    if (!rescuer)
        return -ENOMEM;
    rescuer->rescue_wq = wq;
    rescuer->task = kthread_create(rescuer_thread, rescuer, "%s", wq->name);
    if (IS_ERR(rescuer->task)) {
        const int ret = static_cast<int>(PTR_ERR(rescuer->task));
        kfree(rescuer);
        return ret;
    }
    wq->rescuer = rescuer;
    kthread_bind_mask(rescuer->task, cpu_possible_mask);
    wake_up_process(rescuer->task);
    return 0;
}

void kill_rescuer(workqueue_struct *wq) {
    worker *rescuer = wq->rescuer;
    if (!rescuer)
        return;
    raw_spin_lock_irq(&wq_mayday_lock);
    wq->rescuer = nullptr;
    raw_spin_unlock_irq(&wq_mayday_lock);
    kthread_stop(rescuer->task);
    kfree(rescuer);
}
