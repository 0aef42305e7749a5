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
worker_pool *get_work_pool(const work_struct &item) {
    const item_word word = item_word::of(item);
    if (word.is_queued())
        return word.owner<pool_workqueue>()->pool;
    const unsigned long id = word.last_runner();
    return id < max_pools ? READ_ONCE(worker_pools[id]) : nullptr;
}

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "workqueue."

// Shows who relies on items running on the CPU that queues them.
static bool wq_debug_force_rr_cpu;
module_param_named(debug_force_rr_cpu, wq_debug_force_rr_cpu, bool, 0644);

// There is one memory node.
static bool wq_disable_numa;
module_param_named(disable_numa, wq_disable_numa, bool, 0444);

// A per-CPU queue takes an item to the CPU that queues it. All CPUs are one node: an unbound queue has one pool for
// them all, and the round of CPUs that debug_force_rr_cpu asks for is only said.
static pool_workqueue *usual_pwq(int cpu, const workqueue_struct *wq) {
    if (!(wq->flags & WQ_UNBOUND))
        return per_cpu_ptr(wq->cpu_pwqs, cpu == WORK_CPU_UNBOUND ? raw_smp_processor_id() : static_cast<unsigned>(cpu));
    if (unlikely(wq_debug_force_rr_cpu) && cpu == WORK_CPU_UNBOUND)
        pr_warn_once("workqueue: round-robin CPU selection forced, expect performance impact\n");
    return READ_ONCE(wq->dfl_pwq);
}

// If a worker of another pool than `here` runs the item for this queue: its pool_workqueue, with the pool locked. Two
// workers could run the item at once if it went anywhere else.
static pool_workqueue *lock_where_it_runs(const work_struct &item, const workqueue_struct *wq,
                                          const worker_pool *here) {
    worker_pool *last = get_work_pool(item);
    if (likely(!last || last == here))
        return nullptr;
    hold l(last->lock);
    const worker *runner = last->runner_of(item);
    if (!runner || runner->job.pwq->wq != wq)
        return nullptr;
    l.keep();
    return runner->job.pwq;
}

// The pool_workqueue to queue on, with its pool locked. Under RCU.
static pool_workqueue *lock_target_pwq(int cpu, const workqueue_struct *wq, const work_struct &item) {
    for (;; cpu_relax()) {
        pool_workqueue *usual = usual_pwq(cpu, wq), *pwq = lock_where_it_runs(item, wq, usual->pool);
        if (likely(!pwq)) {
            pwq = usual;
            raw_spin_lock(&pwq->pool->lock);
        }
        if (likely(pwq->refcnt) ||
            WARN_ONCE(!(wq->flags & WQ_UNBOUND), "workqueue: per-cpu pwq for %s on cpu%d has 0 refcnt", wq->name,
                      pwq->pool->cpu))
            return pwq;
        // The queue just got other attributes, and with them another pool_workqueue.
        raw_spin_unlock(&pwq->pool->lock);
    }
}

static void cmwq_queue(int cpu, workqueue_struct *wq, work_struct *work) {
    const rcu_section reading;
    pool_workqueue *pwq = lock_target_pwq(cpu, wq, *work);
    worker_pool &pool = *pwq->pool;
    trace_event4(workqueue_queue_work, work, work->func, cpu, pool.cpu, wq->name);
    pwq->accept(*work);
    raw_spin_unlock(&pool.lock);
}

static bool cmwq_grab(work_struct *work) {
    const rcu_section reading;
    worker_pool *pool = get_work_pool(*work);
    if (!pool)
        return false;
    const hold l(pool->lock);
    pool_workqueue *pwq = pool->has_queued(*work);
    if (pwq)
        pwq->take_back(*work);
    return pwq;
}

// saved_max_active or the freezing has changed; wq->mutex held.
static void cmwq_adjust(workqueue_struct *wq) {
    for (pool_workqueue &pwq : list_of<&pool_workqueue::pwqs_node>(wq->pwqs))
        adjust_max_active(pwq);
}

static bool cmwq_detach(workqueue_struct *wq);

static int cmwq_attach(workqueue_struct *wq) {
    start_empty(wq->pwqs, wq->maydays);
    wq->flushes.init();
    int error = -ENOMEM;
    on_failure nothing([&] {
        free_workqueue_attrs(wq->unbound_attrs);
        kfree(wq);
    });
    if ((wq->flags & WQ_UNBOUND) && !(wq->unbound_attrs = alloc_workqueue_attrs()))
        return error;
    error = attach_pwqs(wq);
    if (error)
        return error;
    nothing.dismiss();
    on_failure no_rescuer([wq] { cmwq_detach(wq); });
    error = wq_online ? init_rescuer(wq) : 0;
    if (!error)
        no_rescuer.dismiss();
    return error;
}

static void rcu_free_bound_wq(rcu_head *rcu) {
    workqueue_struct *wq = container_of(rcu, workqueue_struct, rcu);
    free_percpu(wq->cpu_pwqs);
    kfree(wq);
}

// Under both mutexes: says which pool_workqueue has items left, if any.
static bool has_busy_pwq(workqueue_struct *wq) {
    return !for_each_pwq_locked(wq, [wq](const pool_workqueue &pwq) {
        if (likely(!WARN_ON(pwq_busy(pwq))))
            return true;
        pr_warn("destroy_workqueue: %s has the following busy pwq\n", wq->name);
        show_pwq(pwq);
        return false;
    });
}

static bool unlist_if_not_busy(workqueue_struct *wq) {
    const hold all(wq_pool_mutex);
    const hold l(wq->mutex);
    if (has_busy_pwq(wq))
        return false;
    unlist_workqueue(wq);
    return true;
}

static bool cmwq_detach(workqueue_struct *wq) {
    kill_rescuer(wq);
    if (!unlist_if_not_busy(wq))
        return false;
    if (wq->flags & WQ_UNBOUND) {
        // The release of the last pool_workqueue frees the queue.
        pool_workqueue *pwq = wq->dfl_pwq;
        wq->dfl_pwq = nullptr;
        put_pwq_unlocked(pwq);
    } else {
        call_rcu(&wq->rcu, rcu_free_bound_wq);
    }
    return true;
}

static bool cmwq_drained(workqueue_struct *wq) {
    return for_each_pwq_locked(wq, [](const pool_workqueue &pwq) { return !pwq.has_items(); });
}

static bool cmwq_active(workqueue_struct *wq) {
    return find_in<&pool_workqueue::pwqs_node>(wq->pwqs, [](const pool_workqueue &pwq) {
        WARN_ON_ONCE(pwq.nr_active < 0);
        return pwq.nr_active > 0;
    });
}

static bool cmwq_running(work_struct *work) {
    const rcu_section reading;
    worker_pool *pool = get_work_pool(*work);
    if (!pool)
        return false;
    const hold_irqsave l(pool->lock);
    return pool->runner_of(*work);
}

static bool cmwq_congested(int cpu, workqueue_struct *wq) {
    const rcu_section reading;
    const preempt_off here;
    if (cpu == WORK_CPU_UNBOUND)
        cpu = static_cast<int>(smp_processor_id());
    return !list_empty(&usual_pwq(cpu, wq)->inactive_works);
}

static work_struct *cmwq_current_item() {
    const worker *w = current_wq_worker();
    return w ? w->job.item : nullptr;
}

static workqueue_struct *cmwq_current_queue() {
    const worker *w = current_wq_worker();
    return w && w->job.pwq ? w->job.pwq->wq : nullptr;
}

static workqueue_attrs *attrs_of_nice(int nice, const cpumask *cpus) {
    workqueue_attrs *attrs = alloc_workqueue_attrs();
    BUG_ON(!attrs);
    attrs->nice = nice;
    cpumask_copy(attrs->cpumask, cpus);
    return attrs;
}

static void cmwq_init_early() {
    cpumask_copy(wq_unbound_cpumask, cpu_possible_mask);
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        for (unsigned which = 0; which < nr_std_pools; which++) {
            worker_pool *pool = cpu_worker_pool(cpu, which);
            init_worker_pool(pool);
            pool->cpu = static_cast<int>(cpu);
            pool->node = 0;
            pool->attrs = attrs_of_nice(std_pool_nice[which], cpumask_of(cpu));
            BUG_ON(assign_pool_id(pool));
        }
    }
    for (unsigned which = 0; which < nr_std_pools; which++)
        unbound_std_wq_attrs[which] = attrs_of_nice(std_pool_nice[which], cpu_possible_mask);
}

// With all CPUs up: the rescuers, and a worker for every pool.
static void cmwq_init() {
    {
        const hold l(wq_pool_mutex);
        for (workqueue_struct &wq : list_of<&workqueue_struct::list>(workqueues))
            WARN(init_rescuer(&wq), "workqueue: failed to create early rescuer for %s", wq.name);
    }
    for (unsigned cpu : bits_of(*cpu_online_mask)) {
        for (worker_pool &pool : per_cpu(cpu_worker_pools, cpu)) {
            pool.crew.set_bound(true);
            BUG_ON(!hire_worker(pool));
        }
    }
    for (worker_pool &pool : list_of<&worker_pool::unbound_node>(unbound_pools))
        BUG_ON(!hire_worker(pool));
    workqueue_hotplug_init();
    wq_watchdog_init();
}

// ---- all items there are ----

using item_visitor = void (*)(void *arg, work_func_t func, bool running);

static void visit_list(const list_head &list, item_visitor f, void *arg) {
    for (const work_struct &item : list_of<&work_struct::entry>(list))
        f(arg, item.func, false);
}

static void visit_pool(worker_pool &pool, item_visitor f, void *arg) {
    const hold_irq l(pool.lock);
    visit_list(pool.worklist, f, arg);
    for_each_busy_worker(pool, [=](const worker &w) {
        f(arg, w.job.func, true);
        visit_list(w.scheduled, f, arg);
    });
}

static void cmwq_for_each_item(item_visitor f, void *arg) {
    for_each_pool([=](worker_pool &pool) { visit_pool(pool, f, arg); });
    for (workqueue_struct &wq : list_of<&workqueue_struct::list>(workqueues)) {
        const hold l(wq.mutex);
        for_each_pwq_locked(&wq, [=](const pool_workqueue &pwq) {
            visit_list(pwq.inactive_works, f, arg);
            return true;
        });
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
