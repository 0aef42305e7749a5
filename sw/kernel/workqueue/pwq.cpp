// SPDX-License-Identifier: Apache-2.0
// pool_workqueues: how many items of a queue may be active in a pool (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#include "kernel/workqueue/cmwq.h"
#include "port/trace.h"

void get_pwq(pool_workqueue *pwq) {
    WARN_ON_ONCE(pwq->refcnt <= 0);
    pwq->refcnt++;
}

void put_pwq(pool_workqueue *pwq) {
    if (likely(--pwq->refcnt))
        return;
    if (WARN_ON_ONCE(!(pwq->wq->flags & WQ_UNBOUND)))
        return;
    // With a pool locked no mutex can be taken: a worker does the rest.
    schedule_work(&pwq->unbound_release_work);
}

void put_pwq_unlocked(pool_workqueue *pwq) {
    if (!pwq)
        return;
    worker_pool *pool = pwq->pool;
    raw_spin_lock_irq(&pool->lock);
    put_pwq(pwq);
    raw_spin_unlock_irq(&pool->lock);
}

void pwq_activate_inactive_work(work_struct *work) {
    pool_workqueue *pwq = get_work_pwq(work);
    trace_event1(workqueue_activate_work, work, nullptr);
    if (list_empty(&pwq->pool->worklist))
        pwq->pool->watchdog_ts = jiffies;
    move_linked_works(work, &pwq->pool->worklist, nullptr);
    __clear_bit(WORK_STRUCT_INACTIVE_BIT, work_data_bits(work));
    pwq->nr_active++;
}

static void activate_first_inactive(pool_workqueue *pwq) {
    pwq_activate_inactive_work(list_first_entry(&pwq->inactive_works, work_struct, entry));
}

// An item has ended or was taken back; data is what its work_struct.data was while it was queued.
void pwq_dec_nr_in_flight(pool_workqueue *pwq, unsigned long data) {
    const int color = work_color(data);
    if (!(data & WORK_STRUCT_INACTIVE)) {
        pwq->nr_active--;
        if (!list_empty(&pwq->inactive_works) && pwq->nr_active < pwq->max_active)
            activate_first_inactive(pwq);
    }
    pwq->nr_in_flight[color]--;
    if (pwq->flush_color == color && !pwq->nr_in_flight[color]) {
        // The last one of those that a flush waits for here.
        pwq->flush_color = work_no_color;
        if (atomic_dec_and_test(&pwq->wq->nr_pwqs_to_flush))
            complete(&pwq->wq->first_flusher->done);
    }
    put_pwq(pwq);
}

// After saved_max_active or the freezing has changed.
void pwq_adjust_max_active(pool_workqueue *pwq) {
    workqueue_struct *wq = pwq->wq;
    const bool freezable = wq->flags & WQ_FREEZABLE;
    if (!freezable && pwq->max_active == wq->saved_max_active)
        return;

    unsigned long flags;
    raw_spin_lock_irqsave(&pwq->pool->lock, flags);
    if (!freezable || !workqueue_freezing) {
        bool kick = false;
        pwq->max_active = wq->saved_max_active;
        while (!list_empty(&pwq->inactive_works) && pwq->nr_active < pwq->max_active) {
            activate_first_inactive(pwq);
            kick = true;
        }
        // Whoever runs in the pool would find the items, but in an unbound one, nobody may be running.
        if (kick)
            wake_up_worker(pwq->pool);
    } else {
        pwq->max_active = 0;
    }
    raw_spin_unlock_irqrestore(&pwq->pool->lock, flags);
}

static void rcu_free_pwq(rcu_head *rcu) {
    kfree(container_of(rcu, pool_workqueue, rcu));
}

static void rcu_free_wq(rcu_head *rcu) {
    workqueue_struct *wq = container_of(rcu, workqueue_struct, rcu);
    free_workqueue_attrs(wq->unbound_attrs);
    kfree(wq);
}

// The last reference to an unbound queue's pool_workqueue is gone; with the last of them goes the queue.
static void pwq_unbound_release_workfn(work_struct *work) {
    pool_workqueue *pwq = container_of(work, pool_workqueue, unbound_release_work);
    workqueue_struct *wq = pwq->wq;
    bool is_last = false;
    if (!list_empty(&pwq->pwqs_node)) {
        mutex_lock(&wq->mutex);
        list_del_rcu(&pwq->pwqs_node);
        is_last = list_empty(&wq->pwqs);
        mutex_unlock(&wq->mutex);
    }
    mutex_lock(&wq_pool_mutex);
    put_unbound_pool(pwq->pool);
    mutex_unlock(&wq_pool_mutex);
    call_rcu(&pwq->rcu, rcu_free_pwq);
    if (is_last)
        call_rcu(&wq->rcu, rcu_free_wq);
}

void init_pwq(pool_workqueue *pwq, workqueue_struct *wq, worker_pool *pool) {
    BUG_ON(reinterpret_cast<unsigned long>(pwq) & WORK_STRUCT_FLAG_MASK);
    *pwq = {};
    pwq->pool = pool;
    pwq->wq = wq;
    pwq->flush_color = work_no_color;
    pwq->refcnt = 1;
    INIT_LIST_HEAD(&pwq->inactive_works);
    INIT_LIST_HEAD(&pwq->pwqs_node);
    INIT_LIST_HEAD(&pwq->mayday_node);
    INIT_WORK(&pwq->unbound_release_work, pwq_unbound_release_workfn);
}

void link_pwq(pool_workqueue *pwq) {
    workqueue_struct *wq = pwq->wq;
    if (!list_empty(&pwq->pwqs_node))
        return;
    pwq->work_color = wq->work_color;
    pwq_adjust_max_active(pwq);
    list_add_rcu(&pwq->pwqs_node, &wq->pwqs);
}

bool pwq_busy(const pool_workqueue *pwq) {
    for (int in_flight : pwq->nr_in_flight) {
        if (in_flight)
            return true;
    }
    if (pwq != pwq->wq->dfl_pwq && pwq->refcnt > 1)
        return true;
    return pwq->nr_active || !list_empty(&pwq->inactive_works);
}

// wq_pool_mutex held. Null: no memory.
static pool_workqueue *alloc_unbound_pwq(workqueue_struct *wq, const workqueue_attrs *attrs) {
    worker_pool *pool = get_unbound_pool(attrs);
    if (!pool)
        return nullptr;
    // The slab aligns a power of two to itself.
    constexpr size_t size = 1ul << (64 - __builtin_clzl(sizeof(pool_workqueue) - 1));
    pool_workqueue *pwq = static_cast<pool_workqueue *>(kzalloc(size, GFP_KERNEL));
    if (!pwq) {
        put_unbound_pool(pool);
        return nullptr;
    }
    init_pwq(pwq, wq, pool);
    return pwq;
}

// The queue's items go to a pool with these attributes from now on; those that are queued stay where they are.
int cmwq_apply_attrs(workqueue_struct *wq, const workqueue_attrs *attrs) {
    if (WARN_ON(!(wq->flags & WQ_UNBOUND)))
        return -EINVAL;
    if (!list_empty(&wq->pwqs)) {
        // Two pools could not keep the order.
        if (WARN_ON(wq->flags & __WQ_ORDERED_EXPLICIT))
            return -EINVAL;
        wq->flags &= ~static_cast<unsigned>(__WQ_ORDERED);
    }

    workqueue_attrs effective = {};
    copy_workqueue_attrs(&effective, attrs);
    cpumask_and(effective.cpumask, effective.cpumask, cpu_possible_mask);
    copy_workqueue_attrs(wq->unbound_attrs, &effective);
    cpumask_and(effective.cpumask, effective.cpumask, wq_unbound_cpumask);
    if (cpumask_empty(effective.cpumask))
        cpumask_copy(effective.cpumask, wq_unbound_cpumask);

    pool_workqueue *pwq = alloc_unbound_pwq(wq, &effective);
    if (!pwq)
        return -ENOMEM;
    mutex_lock(&wq->mutex);
    link_pwq(pwq);
    pool_workqueue *old = wq->dfl_pwq;
    rcu_assign_pointer(wq->dfl_pwq, pwq);
    mutex_unlock(&wq->mutex);
    put_pwq_unlocked(old);
    return 0;
}

int workqueue_set_unbound_cpumask(cpumask_var_t cpumask) {
    cpumask_and(cpumask, cpumask, cpu_possible_mask);
    if (cpumask_empty(cpumask))
        return -EINVAL;

    int ret = 0;
    mutex_lock(&wq_pool_mutex);
    cpumask_copy(wq_unbound_cpumask, cpumask);
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        if (!(wq->flags & WQ_UNBOUND) || (wq->flags & __WQ_ORDERED))
            continue;
        ret = cmwq_apply_attrs(wq, wq->unbound_attrs);
        if (ret)
            break;
    }
    mutex_unlock(&wq_pool_mutex);
    return ret;
}

// wq_pool_mutex not held.
int alloc_and_link_pwqs(workqueue_struct *wq) {
    const bool highpri = wq->flags & WQ_HIGHPRI;
    if (!(wq->flags & WQ_UNBOUND)) {
        wq->cpu_pwqs = static_cast<pool_workqueue *>(__alloc_percpu(sizeof(pool_workqueue), alignof(pool_workqueue)));
        if (!wq->cpu_pwqs)
            return -ENOMEM;
        unsigned cpu;
        for_each_possible_cpu (cpu) {
            pool_workqueue *pwq = per_cpu_ptr(wq->cpu_pwqs, cpu);
            init_pwq(pwq, wq, cpu_worker_pool(cpu, highpri));
            mutex_lock(&wq->mutex);
            link_pwq(pwq);
            mutex_unlock(&wq->mutex);
        }
        return 0;
    }
    mutex_lock(&wq_pool_mutex);
    const int ret = cmwq_apply_attrs(wq, unbound_std_wq_attrs[highpri]);
    mutex_unlock(&wq_pool_mutex);
    return ret;
}
