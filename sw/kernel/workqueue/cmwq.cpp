// SPDX-License-Identifier: Apache-2.0
// The concurrency-managed back end: queueing items to pools and taking them back, queues and their threads at boot
// (Linux: kernel/workqueue.c).
#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "kernel/workqueue/cmwq.h"
#include "port/trace.h"

cpumask_var_t wq_unbound_cpumask;
workqueue_attrs *unbound_std_wq_attrs[nr_std_pools];

// The pool where it is queued or ran last; null if it never ran. Under RCU.
worker_pool *get_work_pool(const work_struct *work) {
    const unsigned long data = work_data(work);
    if (data & WORK_STRUCT_PWQ)
        return reinterpret_cast<pool_workqueue *>(data & WORK_STRUCT_WQ_DATA_MASK)->pool;
    const unsigned long id = data >> WORK_OFFQ_POOL_SHIFT;
    return id < max_pools ? READ_ONCE(worker_pools[id]) : nullptr;
}

void insert_work(pool_workqueue *pwq, work_struct *work, list_head *head, unsigned long extra_flags) {
    worker_pool *pool = pwq->pool;
    set_work_owner(work, pwq, extra_flags);
    list_add_tail(&work->entry, head);
    get_pwq(pwq);
    if (!pool->nr_running)
        wake_up_worker(pool);
}

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "workqueue."

// Shows who relies on items running on the CPU that queues them.
static bool wq_debug_force_rr_cpu;
module_param_named(debug_force_rr_cpu, wq_debug_force_rr_cpu, bool, 0644);
static DEFINE_PER_CPU(int, wq_rr_cpu_last);

// There is one memory node.
static bool wq_disable_numa;
module_param_named(disable_numa, wq_disable_numa, bool, 0444);

static unsigned next_round_robin_cpu() {
    unsigned cpu = cpumask_next_and(this_cpu_read(wq_rr_cpu_last), wq_unbound_cpumask, cpu_online_mask);
    if (cpu >= nr_cpu_ids)
        cpu = cpumask_first_and(wq_unbound_cpumask, cpu_online_mask);
    this_cpu_write(wq_rr_cpu_last, static_cast<int>(cpu));
    return cpu;
}

static unsigned select_unbound_cpu(unsigned cpu) {
    if (unlikely(wq_debug_force_rr_cpu))
        return next_round_robin_cpu();
    if (cpumask_test_cpu(cpu, wq_unbound_cpumask))
        return cpu;
    return cpumask_any_and(wq_unbound_cpumask, cpu_online_mask);
}

// The pool_workqueue to queue on, with its pool locked. An item that is still running stays with the pool that runs it,
// or two workers could run it at once. Under RCU.
static pool_workqueue *lock_target_pwq(int req_cpu, workqueue_struct *wq, work_struct *work) {
    for (;;) {
        unsigned cpu = static_cast<unsigned>(req_cpu);
        pool_workqueue *pwq;
        if (wq->flags & WQ_UNBOUND) {
            pwq = READ_ONCE(wq->dfl_pwq);
        } else {
            if (req_cpu == WORK_CPU_UNBOUND)
                cpu = select_unbound_cpu(raw_smp_processor_id());
            pwq = per_cpu_ptr(wq->cpu_pwqs, cpu);
        }

        worker_pool *last_pool = get_work_pool(work);
        if (last_pool && last_pool != pwq->pool) {
            raw_spin_lock(&last_pool->lock);
            worker *w = find_worker_executing_work(last_pool, work);
            if (w && w->current_pwq->wq == wq) {
                pwq = w->current_pwq;
            } else {
                raw_spin_unlock(&last_pool->lock);
                raw_spin_lock(&pwq->pool->lock);
            }
        } else {
            raw_spin_lock(&pwq->pool->lock);
        }

        if (likely(pwq->refcnt))
            return pwq;
        // The queue just got other attributes, and with them another pool_workqueue.
        if (wq->flags & WQ_UNBOUND) {
            raw_spin_unlock(&pwq->pool->lock);
            cpu_relax();
            continue;
        }
        WARN_ONCE(true, "workqueue: per-cpu pwq for %s on cpu%d has 0 refcnt", wq->name, static_cast<int>(cpu));
        return pwq;
    }
}

static void cmwq_queue(int cpu, workqueue_struct *wq, work_struct *work) {
    rcu_read_lock();
    pool_workqueue *pwq = lock_target_pwq(cpu, wq, work);
    worker_pool *pool = pwq->pool;
    trace_event4(workqueue_queue_work, work, work->func, cpu, pool->cpu, wq->name);
    pwq->nr_in_flight[pwq->work_color]++;
    unsigned long flags = work_color_to_flags(pwq->work_color);
    list_head *list;
    if (likely(pwq->nr_active < pwq->max_active)) {
        trace_event1(workqueue_activate_work, work, nullptr);
        pwq->nr_active++;
        list = &pool->worklist;
        if (list_empty(list))
            pool->watchdog_ts = jiffies;
    } else {
        flags |= WORK_STRUCT_INACTIVE;
        list = &pwq->inactive_works;
    }
    insert_work(pwq, work, list, flags);
    raw_spin_unlock(&pool->lock);
    rcu_read_unlock();
}

static bool cmwq_grab(work_struct *work) {
    bool grabbed = false;
    rcu_read_lock();
    worker_pool *pool = get_work_pool(work);
    if (pool) {
        raw_spin_lock(&pool->lock);
        pool_workqueue *pwq = get_work_pwq(work);
        // Data that names a pool_workqueue is only changed with its pool locked, so this is no guess.
        if (pwq && pwq->pool == pool) {
            // An inactive item would leave its linked barriers behind; make it an active one first.
            if (work_data(work) & WORK_STRUCT_INACTIVE)
                pwq_activate_inactive_work(work);
            list_del_init(&work->entry);
            const unsigned long data = work_data(work);
            set_work_pool_and_keep_pending(work, static_cast<unsigned long>(pool->id));
            pwq_dec_nr_in_flight(pwq, data);
            grabbed = true;
        }
        raw_spin_unlock(&pool->lock);
    }
    rcu_read_unlock();
    return grabbed;
}

// saved_max_active or the freezing has changed; wq->mutex held.
static void cmwq_adjust(workqueue_struct *wq) {
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node)
        pwq_adjust_max_active(pwq);
}

static bool cmwq_detach(workqueue_struct *wq);

static int cmwq_attach(workqueue_struct *wq) {
    INIT_LIST_HEAD(&wq->pwqs);
    INIT_LIST_HEAD(&wq->flusher_queue);
    INIT_LIST_HEAD(&wq->flusher_overflow);
    INIT_LIST_HEAD(&wq->maydays);
    atomic_set(&wq->nr_pwqs_to_flush, 0);
    if (wq->flags & WQ_UNBOUND) {
        wq->unbound_attrs = alloc_workqueue_attrs();
        if (!wq->unbound_attrs) {
            kfree(wq);
            return -ENOMEM;
        }
    }
    const int ret = alloc_and_link_pwqs(wq);
    if (ret < 0) {
        free_workqueue_attrs(wq->unbound_attrs);
        kfree(wq);
        return ret;
    }
    if (!wq_online)
        return 0;
    const int rescued = init_rescuer(wq);
    if (rescued < 0)
        cmwq_detach(wq);
    return rescued;
}

static void rcu_free_bound_wq(rcu_head *rcu) {
    workqueue_struct *wq = container_of(rcu, workqueue_struct, rcu);
    free_percpu(wq->cpu_pwqs);
    kfree(wq);
}

// Under both mutexes: a pool_workqueue with items left, shown; or null.
static bool show_busy_pwq(workqueue_struct *wq) {
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
        raw_spin_lock_irq(&pwq->pool->lock);
        const bool busy = WARN_ON(pwq_busy(pwq));
        if (busy) {
            pr_warn("destroy_workqueue: %s has the following busy pwq\n", wq->name);
            show_pwq(pwq);
        }
        raw_spin_unlock_irq(&pwq->pool->lock);
        if (busy)
            return true;
    }
    return false;
}

static bool cmwq_detach(workqueue_struct *wq) {
    kill_rescuer(wq);
    mutex_lock(&wq_pool_mutex);
    mutex_lock(&wq->mutex);
    const bool busy = show_busy_pwq(wq);
    mutex_unlock(&wq->mutex);
    if (!busy)
        unlist_workqueue(wq);
    mutex_unlock(&wq_pool_mutex);
    if (busy)
        return false;

    if (!(wq->flags & WQ_UNBOUND)) {
        call_rcu(&wq->rcu, rcu_free_bound_wq);
        return true;
    }
    // The release of the last pool_workqueue frees the queue.
    pool_workqueue *pwq = wq->dfl_pwq;
    wq->dfl_pwq = nullptr;
    put_pwq_unlocked(pwq);
    return true;
}

static bool cmwq_drained(workqueue_struct *wq) {
    bool drained = true;
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
        raw_spin_lock_irq(&pwq->pool->lock);
        drained = !pwq->nr_active && list_empty(&pwq->inactive_works);
        raw_spin_unlock_irq(&pwq->pool->lock);
        if (!drained)
            break;
    }
    return drained;
}

static bool cmwq_active(workqueue_struct *wq) {
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
        WARN_ON_ONCE(pwq->nr_active < 0);
        if (pwq->nr_active)
            return true;
    }
    return false;
}

static bool cmwq_running(work_struct *work) {
    bool running = false;
    rcu_read_lock();
    worker_pool *pool = get_work_pool(work);
    if (pool) {
        unsigned long flags;
        raw_spin_lock_irqsave(&pool->lock, flags);
        running = find_worker_executing_work(pool, work);
        raw_spin_unlock_irqrestore(&pool->lock, flags);
    }
    rcu_read_unlock();
    return running;
}

static bool cmwq_congested(int cpu, workqueue_struct *wq) {
    rcu_read_lock();
    preempt_disable();
    if (cpu == WORK_CPU_UNBOUND)
        cpu = static_cast<int>(smp_processor_id());
    const pool_workqueue *pwq = wq->flags & WQ_UNBOUND ? READ_ONCE(wq->dfl_pwq) : per_cpu_ptr(wq->cpu_pwqs, cpu);
    const bool congested = !list_empty(&pwq->inactive_works);
    preempt_enable();
    rcu_read_unlock();
    return congested;
}

static work_struct *cmwq_current_item() {
    const worker *w = current_wq_worker();
    return w ? w->current_work : nullptr;
}

static workqueue_struct *cmwq_current_queue() {
    const worker *w = current_wq_worker();
    return w && w->current_pwq ? w->current_pwq->wq : nullptr;
}

static void cmwq_init_early() {
    cpumask_copy(wq_unbound_cpumask, cpu_possible_mask);
    unsigned cpu;
    for_each_possible_cpu (cpu) {
        for (unsigned i = 0; i < nr_std_pools; i++) {
            worker_pool *pool = cpu_worker_pool(cpu, i);
            init_worker_pool(pool);
            pool->cpu = static_cast<int>(cpu);
            pool->node = 0;
            pool->attrs = alloc_workqueue_attrs();
            BUG_ON(!pool->attrs);
            cpumask_copy(pool->attrs->cpumask, cpumask_of(cpu));
            pool->attrs->nice = std_pool_nice[i];
            BUG_ON(assign_pool_id(pool));
        }
    }
    for (unsigned i = 0; i < nr_std_pools; i++) {
        unbound_std_wq_attrs[i] = alloc_workqueue_attrs();
        BUG_ON(!unbound_std_wq_attrs[i]);
        unbound_std_wq_attrs[i]->nice = std_pool_nice[i];
    }
}

// With all CPUs up: a worker for every pool, and the rescuers.
static void cmwq_init() {
    mutex_lock(&wq_pool_mutex);
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list)
        WARN(init_rescuer(wq), "workqueue: failed to create early rescuer for %s", wq->name);
    mutex_unlock(&wq_pool_mutex);

    unsigned cpu;
    for_each_online_cpu (cpu) {
        for (unsigned i = 0; i < nr_std_pools; i++) {
            worker_pool *pool = cpu_worker_pool(cpu, i);
            pool->flags &= ~pool_disassociated;
            BUG_ON(!create_worker(pool));
        }
    }
    for_each_unbound_pool([](worker_pool *pool) { BUG_ON(!create_worker(pool)); });
    workqueue_hotplug_init();
    wq_watchdog_init();
}

namespace {

using item_visitor = void (*)(void *arg, work_func_t func, bool running);

void visit_list(list_head *list, item_visitor f, void *arg) {
    work_struct *work;
    list_for_each_entry (work, list, entry)
        f(arg, work->func, false);
}

void visit_pool(worker_pool *pool, item_visitor f, void *arg) {
    raw_spin_lock_irq(&pool->lock);
    visit_list(&pool->worklist, f, arg);
    for (hlist_head &bucket : pool->busy_hash) {
        worker *w;
        hlist_for_each_entry (w, &bucket, hentry) {
            f(arg, w->current_func, true);
            visit_list(&w->scheduled, f, arg);
        }
    }
    raw_spin_unlock_irq(&pool->lock);
}

} // namespace

static void cmwq_for_each_item(item_visitor f, void *arg) {
    for (worker_pool *pool : worker_pools) {
        if (pool)
            visit_pool(pool, f, arg);
    }
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        mutex_lock(&wq->mutex);
        pool_workqueue *pwq;
        list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
            raw_spin_lock_irq(&pwq->pool->lock);
            visit_list(&pwq->inactive_works, f, arg);
            raw_spin_unlock_irq(&pwq->pool->lock);
        }
        mutex_unlock(&wq->mutex);
    }
}

static constexpr workqueue_backend make_cmwq_backend() {
    workqueue_backend b = {};
    b.name = "cmwq";
    b.init_early = cmwq_init_early;
    b.init = cmwq_init;
    b.attach = cmwq_attach;
    b.detach = cmwq_detach;
    b.adjust = cmwq_adjust;
    b.active = cmwq_active;
    b.apply_attrs = cmwq_apply_attrs;
    b.queue = cmwq_queue;
    b.grab = cmwq_grab;
    b.wait = cmwq_wait;
    b.flush = cmwq_flush;
    b.drained = cmwq_drained;
    b.running = cmwq_running;
    b.congested = cmwq_congested;
    b.current_item = cmwq_current_item;
    b.current_queue = cmwq_current_queue;
    b.show_queue = cmwq_show_queue;
    b.show_threads = cmwq_show_threads;
    b.debug_show = cmwq_debug_show;
    b.for_each_item = cmwq_for_each_item;
    return b;
}
const workqueue_backend cmwq_backend = make_cmwq_backend();
