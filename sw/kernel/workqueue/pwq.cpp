// SPDX-License-Identifier: Apache-2.0
// pool_workqueues: how many items of a queue may be active in a pool, and which pool an unbound queue uses
// (Linux: kernel/workqueue.c).
//
// A bound queue has one for each CPU, in per-CPU memory, as long as it lives. An unbound queue has one at a time, and
// another one when its attributes change; the old one goes with its last item, and the queue with its last
// pool_workqueue.
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#include "kernel/workqueue/cmwq.h"
#include "port/trace.h"

// ---- references ----

void get_pwq(pool_workqueue *pwq) {
    WARN_ON_ONCE(pwq->refcnt <= 0);
    pwq->refcnt++;
}

// With a pool locked no mutex can be taken: a worker does what the last one leaves.
void put_pwq(pool_workqueue *pwq) {
    if (unlikely(!--pwq->refcnt) && !WARN_ON_ONCE(!(pwq->wq->flags & WQ_UNBOUND)))
        schedule_work(&pwq->unbound_release_work);
}

void put_pwq_unlocked(pool_workqueue *pwq) {
    if (!pwq)
        return;
    const hold_irq l(pwq->pool->lock);
    put_pwq(pwq);
}

// The last of an unbound queue takes the queue along.
static void free_unbound_pwq(rcu_head *rcu) {
    pool_workqueue *pwq = container_of(rcu, pool_workqueue, rcu);
    if (pwq->was_last) {
        free_workqueue_attrs(pwq->wq->unbound_attrs);
        kfree(pwq->wq);
    }
    kfree(pwq);
}

// Nothing finds it in its queue any more.
static void unlink_pwq(pool_workqueue &pwq) {
    const hold l(pwq.wq->mutex);
    list_del_rcu(&pwq.pwqs_node);
    pwq.was_last = list_empty(&pwq.wq->pwqs);
}

static void pwq_unbound_release_workfn(work_struct *work) {
    pool_workqueue *pwq = container_of(work, pool_workqueue, unbound_release_work);
    unlink_pwq(*pwq);
    hold l(wq_pool_mutex);
    put_unbound_pool(pwq->pool);
    l.release();
    call_rcu(&pwq->rcu, free_unbound_pwq);
}

// ---- items ----

void pool_workqueue::insert(work_struct &item, list_head *before, unsigned long marks) {
    get_pwq(this);
    list_add_tail(&item.entry, before);
    item_word::queued_on(this, marks).put_into(item);
    if (!pool->crew.running())
        pool->wake_up_worker();
}

// It counts against max_active, and its pool has something to do.
void pool_workqueue::becomes_active(const work_struct &item) {
    trace_event1(workqueue_activate_work, &item, nullptr);
    nr_active++;
    if (list_empty(&pool->worklist))
        pool->note_progress();
}

void pool_workqueue::accept(work_struct &item) {
    const unsigned long color = item_word::color_mark(work_color);
    nr_in_flight[work_color]++;
    if (unlikely(!has_room()))
        return insert(item, &inactive_works, color | WORK_STRUCT_INACTIVE);
    becomes_active(item);
    insert(item, &pool->worklist, color);
}

// Its barriers come along.
void pool_workqueue::admit(work_struct &item) {
    becomes_active(item);
    move_linked_works(item, pool->worklist);
    __clear_bit(WORK_STRUCT_INACTIVE_BIT, work_data_bits(&item));
}

bool pool_workqueue::admit_waiting() {
    bool any = false;
    for (; has_room() && !list_empty(&inactive_works); any = true)
        admit(*first_of<&work_struct::entry>(inactive_works));
    return any;
}

// The barriers of an inactive item would be left behind, so it becomes an active one first.
void pool_workqueue::take_back(work_struct &item) {
    if (item_word::of(item).waits_for_room())
        admit(item);
    const item_word queued = item_word::of(item);
    list_del_init(&item.entry);
    item_word::idle_after(static_cast<unsigned long>(pool->id)).claimed().put_into(item);
    one_has_ended(queued);
}

void pool_workqueue::one_has_ended(item_word while_queued) {
    const unsigned color = while_queued.color();
    if (likely(!while_queued.waits_for_room())) {
        nr_active--;
        admit_waiting();
    }
    const bool dry = !--nr_in_flight[color];
    if (dry && unlikely(closed >> color & 1)) {
        closed &= ~(1u << color);
        wq->flushes.one_is_dry(color);
    }
    put_pwq(this);
}

// After saved_max_active or the freezing has changed. A worker that runs in the pool would find what is let in now, but
// in an unbound one, nothing may be running.
void adjust_max_active(pool_workqueue &pwq) {
    const workqueue_struct *wq = pwq.wq;
    const bool frozen = workqueue_freezing && (wq->flags & WQ_FREEZABLE);
    const int limit = frozen ? 0 : wq->saved_max_active;
    if (pwq.max_active == limit)
        return;
    const hold_irqsave l(pwq.pool->lock); // at boot, interrupts are off here
    pwq.max_active = limit;
    if (pwq.admit_waiting())
        pwq.pool->wake_up_worker();
}

bool pwq_busy(const pool_workqueue &pwq) {
    int left = 0;
    for (int in_flight : pwq.nr_in_flight)
        left |= in_flight;
    const bool used = &pwq != pwq.wq->dfl_pwq && pwq.refcnt > 1;
    return left || used || pwq.has_items();
}

// ---- making them ----

static void init_pwq(pool_workqueue *pwq, workqueue_struct *wq, worker_pool *pool) {
    *pwq = {pool, wq};
    start_empty(pwq->inactive_works, pwq->pwqs_node, pwq->mayday_node);
    INIT_WORK(&pwq->unbound_release_work, pwq_unbound_release_workfn);
}

// wq->mutex held.
static void link_pwq(pool_workqueue *pwq) {
    pwq->work_color = pwq->wq->flushes.open_color();
    adjust_max_active(*pwq);
    list_add_rcu(&pwq->pwqs_node, &pwq->wq->pwqs);
}

// wq_pool_mutex held. Null: no memory.
static pool_workqueue *alloc_unbound_pwq(workqueue_struct *wq, const workqueue_attrs *attrs) {
    // The slab aligns a power of two to itself.
    constexpr size_t size = 1ul << (64 - __builtin_clzl(sizeof(pool_workqueue) - 1));
    pool_workqueue *pwq = static_cast<pool_workqueue *>(kmalloc(size, GFP_KERNEL));
    if (worker_pool *pool = pwq ? get_unbound_pool(attrs) : nullptr) {
        init_pwq(pwq, wq, pool);
        return pwq;
    }
    kfree(pwq);
    return nullptr;
}

// The CPUs that there are, and of these the ones that unbound queues may use; all of the latter if none is left.
static void usable_cpus(cpumask *to, const cpumask *wanted) {
    if (!cpumask_and(to, wanted, wq_unbound_cpumask))
        cpumask_copy(to, wq_unbound_cpumask);
}

// The queue's items go to a pool with these attributes from now on; those that are queued stay where they are.
int cmwq_apply_attrs(workqueue_struct *wq, const workqueue_attrs *attrs) {
    const bool has_pool = !list_empty(&wq->pwqs);
    // Two pools could not keep the order.
    if (WARN_ON(!(wq->flags & WQ_UNBOUND)) || WARN_ON(has_pool && (wq->flags & __WQ_ORDERED_EXPLICIT)))
        return -EINVAL;
    if (has_pool)
        wq->flags &= ~static_cast<unsigned>(__WQ_ORDERED);

    workqueue_attrs asked = *attrs;
    cpumask_and(asked.cpumask, attrs->cpumask, cpu_possible_mask);
    workqueue_attrs usable = asked;
    usable_cpus(usable.cpumask, asked.cpumask);
    pool_workqueue *pwq = alloc_unbound_pwq(wq, &usable), *old;
    if (!pwq)
        return -ENOMEM;
    *wq->unbound_attrs = asked;
    {
        const hold l(wq->mutex);
        link_pwq(pwq);
        old = wq->dfl_pwq;
        rcu_assign_pointer(wq->dfl_pwq, pwq);
    }
    put_pwq_unlocked(old);
    return 0;
}

int workqueue_set_unbound_cpumask(cpumask_var_t cpumask) {
    if (!cpumask_and(cpumask, cpumask, cpu_possible_mask))
        return -EINVAL;
    const hold l(wq_pool_mutex);
    cpumask_copy(wq_unbound_cpumask, cpumask);
    for (workqueue_struct &wq : list_of<&workqueue_struct::list>(workqueues)) {
        // Under the legacy back end no queue has attributes.
        const bool follows = wq.unbound_attrs && !(wq.flags & __WQ_ORDERED);
        if (const int error = follows ? cmwq_apply_attrs(&wq, wq.unbound_attrs) : 0)
            return error;
    }
    return 0;
}

static int alloc_bound_pwqs(workqueue_struct *wq, unsigned which) {
    wq->cpu_pwqs = static_cast<pool_workqueue *>(__alloc_percpu(sizeof(pool_workqueue), alignof(pool_workqueue)));
    if (!wq->cpu_pwqs)
        return -ENOMEM;
    const hold l(wq->mutex);
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        pool_workqueue *pwq = per_cpu_ptr(wq->cpu_pwqs, cpu);
        init_pwq(pwq, wq, cpu_worker_pool(cpu, which));
        link_pwq(pwq);
    }
    return 0;
}

// wq_pool_mutex not held.
int attach_pwqs(workqueue_struct *wq) {
    const unsigned which = wq->flags & WQ_HIGHPRI ? 1 : 0;
    if (!(wq->flags & WQ_UNBOUND))
        return alloc_bound_pwqs(wq, which);
    const hold l(wq_pool_mutex);
    return cmwq_apply_attrs(wq, unbound_std_wq_attrs[which]);
}
