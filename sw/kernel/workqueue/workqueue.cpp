// SPDX-License-Identifier: Apache-2.0
// Workqueues themselves: making and destroying them, the system's own, freezing (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/module/leaks.h"
#include "kernel/workqueue/workqueue_internal.h"

LIST_HEAD(workqueues);
bool workqueue_freezing;
bool wq_online;
// arm64's defconfig has WQ_POWER_EFFICIENT_DEFAULT.
bool wq_power_efficient = true;
cpumask_var_t wq_unbound_cpumask;
workqueue_attrs *unbound_std_wq_attrs[nr_std_pools];

struct workqueue_struct *system_wq;
EXPORT_SYMBOL(system_wq);
struct workqueue_struct *system_highpri_wq;
EXPORT_SYMBOL_GPL(system_highpri_wq);
struct workqueue_struct *system_long_wq;
EXPORT_SYMBOL_GPL(system_long_wq);
struct workqueue_struct *system_unbound_wq;
EXPORT_SYMBOL_GPL(system_unbound_wq);
struct workqueue_struct *system_freezable_wq;
EXPORT_SYMBOL_GPL(system_freezable_wq);
struct workqueue_struct *system_power_efficient_wq;
EXPORT_SYMBOL_GPL(system_power_efficient_wq);
struct workqueue_struct *system_freezable_power_efficient_wq;
EXPORT_SYMBOL_GPL(system_freezable_power_efficient_wq);

static int clamp_max_active(int max_active, unsigned flags, const char *name) {
    const int limit = flags & WQ_UNBOUND ? WQ_UNBOUND_MAX_ACTIVE : static_cast<int>(WQ_MAX_ACTIVE);
    if (max_active < 1 || max_active > limit)
        pr_warn("workqueue: max_active %d requested for %s is out of range, clamping between %d and %d\n", max_active,
                name, 1, limit);
    return clamp(max_active, 1, limit);
}

static void adjust_all_pwqs(workqueue_struct *wq) {
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node)
        pwq_adjust_max_active(pwq);
}

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...) {
    // An unbound queue that runs one item at a time has always been taken for an ordered one.
    if ((flags & WQ_UNBOUND) && max_active == 1)
        flags |= __WQ_ORDERED;
    if ((flags & WQ_POWER_EFFICIENT) && wq_power_efficient)
        flags |= WQ_UNBOUND;

    workqueue_struct *wq = static_cast<workqueue_struct *>(kzalloc(sizeof(workqueue_struct), GFP_KERNEL));
    if (!wq)
        return nullptr;
    if (flags & WQ_UNBOUND) {
        wq->unbound_attrs = alloc_workqueue_attrs();
        if (!wq->unbound_attrs) {
            kfree(wq);
            return nullptr;
        }
    }
    va_list args;
    va_start(args, max_active);
    vsnprintf(wq->name, sizeof(wq->name), fmt, args);
    va_end(args);

    wq->flags = flags;
    wq->creator = __builtin_return_address(0);
    wq->saved_max_active = clamp_max_active(max_active ? max_active : static_cast<int>(WQ_DFL_ACTIVE), flags, wq->name);
    mutex_init(&wq->mutex);
    atomic_set(&wq->nr_pwqs_to_flush, 0);
    INIT_LIST_HEAD(&wq->pwqs);
    INIT_LIST_HEAD(&wq->flusher_queue);
    INIT_LIST_HEAD(&wq->flusher_overflow);
    INIT_LIST_HEAD(&wq->maydays);
    INIT_LIST_HEAD(&wq->list);
    if (alloc_and_link_pwqs(wq) < 0) {
        free_workqueue_attrs(wq->unbound_attrs);
        kfree(wq);
        return nullptr;
    }
    if (wq_online && init_rescuer(wq) < 0) {
        destroy_workqueue(wq);
        return nullptr;
    }

    mutex_lock(&wq_pool_mutex);
    // Freezing may have begun since the pool_workqueues were made.
    mutex_lock(&wq->mutex);
    adjust_all_pwqs(wq);
    mutex_unlock(&wq->mutex);
    list_add_tail_rcu(&wq->list, &workqueues);
    mutex_unlock(&wq_pool_mutex);
    return wq;
}
EXPORT_SYMBOL_GPL(alloc_workqueue);

static void rcu_free_bound_wq(rcu_head *rcu) {
    workqueue_struct *wq = container_of(rcu, workqueue_struct, rcu);
    free_percpu(wq->cpu_pwqs);
    kfree(wq);
}

void destroy_workqueue(struct workqueue_struct *wq) {
    drain_workqueue(wq);
    kill_rescuer(wq);

    mutex_lock(&wq_pool_mutex);
    mutex_lock(&wq->mutex);
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
        raw_spin_lock_irq(&pwq->pool->lock);
        if (WARN_ON(pwq_busy(pwq))) {
            pr_warn("%s: %s has the following busy pwq\n", __func__, wq->name);
            show_pwq(pwq);
            raw_spin_unlock_irq(&pwq->pool->lock);
            mutex_unlock(&wq->mutex);
            mutex_unlock(&wq_pool_mutex);
            show_one_workqueue(wq);
            return;
        }
        raw_spin_unlock_irq(&pwq->pool->lock);
    }
    mutex_unlock(&wq->mutex);
    list_del_rcu(&wq->list);
    mutex_unlock(&wq_pool_mutex);

    if (!(wq->flags & WQ_UNBOUND)) {
        call_rcu(&wq->rcu, rcu_free_bound_wq);
        return;
    }
    // The release of the last pool_workqueue frees the queue.
    pwq = wq->dfl_pwq;
    wq->dfl_pwq = nullptr;
    put_pwq_unlocked(pwq);
}
EXPORT_SYMBOL_GPL(destroy_workqueue);

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active) {
    if (WARN_ON(wq->flags & __WQ_ORDERED_EXPLICIT))
        return;
    max_active = clamp_max_active(max_active, wq->flags, wq->name);
    mutex_lock(&wq->mutex);
    wq->flags &= ~static_cast<unsigned>(__WQ_ORDERED);
    wq->saved_max_active = max_active;
    adjust_all_pwqs(wq);
    mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL_GPL(workqueue_set_max_active);

bool workqueue_congested(int cpu, struct workqueue_struct *wq) {
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
EXPORT_SYMBOL_GPL(workqueue_congested);

unsigned int work_busy(struct work_struct *work) {
    unsigned ret = work_pending(work) ? WORK_BUSY_PENDING : 0u;
    rcu_read_lock();
    worker_pool *pool = get_work_pool(work);
    if (pool) {
        unsigned long flags;
        raw_spin_lock_irqsave(&pool->lock, flags);
        if (find_worker_executing_work(pool, work))
            ret |= WORK_BUSY_RUNNING;
        raw_spin_unlock_irqrestore(&pool->lock, flags);
    }
    rcu_read_unlock();
    return ret;
}
EXPORT_SYMBOL_GPL(work_busy);

int schedule_on_each_cpu(work_func_t func) {
    work_struct __percpu *works = alloc_percpu(work_struct);
    if (!works)
        return -ENOMEM;
    cpus_read_lock();
    unsigned cpu;
    for_each_online_cpu (cpu) {
        work_struct *work = per_cpu_ptr(works, cpu);
        INIT_WORK(work, func);
        schedule_work_on(static_cast<int>(cpu), work);
    }
    for_each_online_cpu (cpu)
        flush_work(per_cpu_ptr(works, cpu));
    cpus_read_unlock();
    free_percpu(works);
    return 0;
}
EXPORT_SYMBOL_GPL(schedule_on_each_cpu);

int execute_in_process_context(work_func_t fn, struct execute_work *ew) {
    if (!in_interrupt()) {
        fn(&ew->work);
        return 0;
    }
    INIT_WORK(&ew->work, fn);
    schedule_work(&ew->work);
    return 1;
}
EXPORT_SYMBOL_GPL(execute_in_process_context);

namespace {

struct work_for_cpu {
    work_struct work;
    long (*fn)(void *);
    void *arg;
    long ret;
};

void work_for_cpu_fn(work_struct *work) {
    work_for_cpu *wfc = container_of(work, work_for_cpu, work);
    wfc->ret = wfc->fn(wfc->arg);
}

} // namespace

long work_on_cpu(int cpu, long (*fn)(void *), void *arg) {
    work_for_cpu wfc;
    wfc.fn = fn;
    wfc.arg = arg;
    wfc.ret = 0;
    INIT_WORK_ONSTACK(&wfc.work, work_for_cpu_fn);
    schedule_work_on(cpu, &wfc.work);
    flush_work(&wfc.work);
    destroy_work_on_stack(&wfc.work);
    return wfc.ret;
}
EXPORT_SYMBOL_GPL(work_on_cpu);

static void adjust_freezable() {
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        mutex_lock(&wq->mutex);
        adjust_all_pwqs(wq);
        mutex_unlock(&wq->mutex);
    }
}

void freeze_workqueues_begin(void) {
    mutex_lock(&wq_pool_mutex);
    WARN_ON_ONCE(workqueue_freezing);
    workqueue_freezing = true;
    adjust_freezable();
    mutex_unlock(&wq_pool_mutex);
}

// Whether items of freezable queues are still active.
bool freeze_workqueues_busy(void) {
    bool busy = false;
    mutex_lock(&wq_pool_mutex);
    WARN_ON_ONCE(!workqueue_freezing);
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        if (!(wq->flags & WQ_FREEZABLE))
            continue;
        mutex_lock(&wq->mutex);
        pool_workqueue *pwq;
        list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
            WARN_ON_ONCE(pwq->nr_active < 0);
            busy = busy || pwq->nr_active;
        }
        mutex_unlock(&wq->mutex);
    }
    mutex_unlock(&wq_pool_mutex);
    return busy;
}

void thaw_workqueues(void) {
    mutex_lock(&wq_pool_mutex);
    if (workqueue_freezing) {
        workqueue_freezing = false;
        adjust_freezable();
    }
    mutex_unlock(&wq_pool_mutex);
}

// Queues exist and take items from here on; they run once workqueue_init() has made the threads.
void workqueue_init_early(void) {
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

    system_wq = alloc_workqueue("events", 0, 0);
    system_highpri_wq = alloc_workqueue("events_highpri", WQ_HIGHPRI, 0);
    system_long_wq = alloc_workqueue("events_long", 0, 0);
    system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, WQ_UNBOUND_MAX_ACTIVE);
    system_freezable_wq = alloc_workqueue("events_freezable", WQ_FREEZABLE, 0);
    system_power_efficient_wq = alloc_workqueue("events_power_efficient", WQ_POWER_EFFICIENT, 0);
    system_freezable_power_efficient_wq =
        alloc_workqueue("events_freezable_power_efficient", WQ_FREEZABLE | WQ_POWER_EFFICIENT, 0);
    BUG_ON(!system_wq || !system_highpri_wq || !system_long_wq || !system_unbound_wq || !system_freezable_wq ||
           !system_power_efficient_wq || !system_freezable_power_efficient_wq);
}

// In a task, with all CPUs up: a worker for every pool, and the rescuers.
void workqueue_init(void) {
    mutex_lock(&wq_pool_mutex);
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        WARN(init_rescuer(wq), "workqueue: failed to create early rescuer for %s", wq->name);
    }
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
    wq_online = true;
    workqueue_hotplug_init();
    wq_watchdog_init();
}

// pool->lock held.
static void report_leaked_works(const struct module *mod, list_head *list) {
    work_struct *work;
    list_for_each_entry (work, list, entry) {
        void *func = reinterpret_cast<void *>(work->func);
        if (module_owns(mod, func))
            module_leak(mod, func, "work %ps still pending", func);
    }
}

static void pool_leak_check(const struct module *mod, worker_pool *pool) {
    raw_spin_lock_irq(&pool->lock);
    report_leaked_works(mod, &pool->worklist);
    for (hlist_head &bucket : pool->busy_hash) {
        worker *w;
        hlist_for_each_entry (w, &bucket, hentry) {
            void *func = reinterpret_cast<void *>(w->current_func);
            if (module_owns(mod, func))
                module_leak(mod, func, "work %ps still running", func);
            report_leaked_works(mod, &w->scheduled);
        }
    }
    raw_spin_unlock_irq(&pool->lock);
}

static void workqueue_leak_check(const struct module *mod) {
    mutex_lock(&wq_pool_mutex);
    for (worker_pool *pool : worker_pools) {
        if (pool)
            pool_leak_check(mod, pool);
    }
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        if (module_owns(mod, wq->creator))
            module_leak(mod, wq->creator, "workqueue %s not destroyed", wq->name);
        mutex_lock(&wq->mutex);
        pool_workqueue *pwq;
        list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
            raw_spin_lock_irq(&pwq->pool->lock);
            report_leaked_works(mod, &pwq->inactive_works);
            raw_spin_unlock_irq(&pwq->pool->lock);
        }
        mutex_unlock(&wq->mutex);
    }
    mutex_unlock(&wq_pool_mutex);
}
MODULE_LEAK_CHECK(workqueue_leak_check);
