// SPDX-License-Identifier: Apache-2.0
// Workers: their life, what they run, and how the scheduler's word keeps just enough of them running
// (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/fault_inject.h"
#include "kernel/workqueue/cmwq.h"
#include "port/trace.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "workqueue."

worker *current_wq_worker() {
    if (in_task() && (current->flags & PF_WQ_WORKER))
        return static_cast<worker *>(kthread_data(current));
    return nullptr;
}

// The scheduler's hooks. nr_running of a bound pool is only changed on its own CPU while an item runs, so that a plain
// increment with preemption off is enough here.
void wq_worker_running(struct task_struct *task) {
    worker *w = static_cast<worker *>(kthread_data(task));
    if (!READ_ONCE(w->sleeping))
        return;
    // Its CPU may go down at any moment; then the pool is unbound and its count is 0 for good.
    preempt_disable();
    if (!(w->flags & worker_not_running))
        w->pool->nr_running++;
    WRITE_ONCE(w->sleeping, false);
    preempt_enable();
}

void wq_worker_sleeping(struct task_struct *task) {
    worker *w = static_cast<worker *>(kthread_data(task));
    if (w->flags & worker_not_running)
        return;
    // Sleeping already: a wake-up came while this worker was on its way to sleep, and it goes round again.
    if (READ_ONCE(w->sleeping))
        return;
    worker_pool *pool = w->pool;
    WRITE_ONCE(w->sleeping, true);
    raw_spin_lock_irq(&pool->lock);
    // The CPU may have gone down before the lock was had.
    if (!(w->flags & worker_not_running)) {
        pool->nr_running--;
        if (need_more_worker(pool))
            wake_up_worker(pool);
    }
    raw_spin_unlock_irq(&pool->lock);
}

work_func_t wq_worker_last_func(struct task_struct *task) {
    return static_cast<worker *>(kthread_data(task))->last_func;
}

// Flags of the current worker; pool->lock held.
static void worker_set_flags(worker *w, unsigned flags) {
    WARN_ON_ONCE(w->task != current);
    if ((flags & worker_not_running) && !(w->flags & worker_not_running))
        w->pool->nr_running--;
    w->flags |= flags;
}

static void worker_clear_flags(worker *w, unsigned flags) {
    const unsigned before = w->flags;
    WARN_ON_ONCE(w->task != current);
    w->flags &= ~flags;
    if ((flags & worker_not_running) && (before & worker_not_running) && !(w->flags & worker_not_running))
        w->pool->nr_running++;
}

// pool->lock held. A worker that is created is entered by its creator, so this is not always about the current one.
static void worker_enter_idle(worker *w) {
    worker_pool *pool = w->pool;
    if (WARN_ON_ONCE(w->flags & worker_idle) || WARN_ON_ONCE(!list_empty(&w->entry)))
        return;
    w->flags |= worker_idle;
    pool->nr_idle++;
    w->last_active = jiffies;
    // The one that worked last has the warmest cache.
    list_add(&w->entry, &pool->idle_list);
    if (too_many_workers(pool) && !timer_pending(&pool->idle_timer))
        mod_timer(&pool->idle_timer, jiffies + worker_idle_time);
    WARN_ON_ONCE(!(pool->flags & pool_disassociated) && pool->nr_workers == pool->nr_idle && pool->nr_running);
}

static void worker_leave_idle(worker *w) {
    worker_pool *pool = w->pool;
    if (WARN_ON_ONCE(!(w->flags & worker_idle)))
        return;
    worker_clear_flags(w, worker_idle);
    pool->nr_idle--;
    list_del_init(&w->entry);
}

worker *alloc_worker(int) {
    worker *w = static_cast<worker *>(kzalloc(sizeof(worker), GFP_KERNEL));
    if (w) {
        INIT_LIST_HEAD(&w->entry);
        INIT_LIST_HEAD(&w->scheduled);
        INIT_LIST_HEAD(&w->node);
        w->flags = worker_prep;
    }
    return w;
}

void worker_attach_to_pool(worker *w, worker_pool *pool) {
    mutex_lock(&wq_pool_attach_mutex);
    // The pool's being bound or not cannot change while the mutex is held.
    if (pool->flags & pool_disassociated)
        w->flags |= worker_unbound;
    else
        kthread_set_per_cpu(w->task, pool->cpu);
    if (w->rescue_wq)
        set_cpus_allowed_ptr(w->task, pool->attrs->cpumask);
    list_add_tail(&w->node, &pool->workers);
    w->pool = pool;
    mutex_unlock(&wq_pool_attach_mutex);
}

void worker_detach_from_pool(worker *w) {
    worker_pool *pool = w->pool;
    completion *detached = nullptr;
    mutex_lock(&wq_pool_attach_mutex);
    kthread_set_per_cpu(w->task, -1);
    list_del_init(&w->node);
    w->pool = nullptr;
    if (list_empty(&pool->workers))
        detached = pool->detach_completion;
    mutex_unlock(&wq_pool_attach_mutex);
    w->flags &= ~(worker_unbound | worker_rebound);
    if (detached)
        complete(detached);
}

static int worker_thread(void *data);

static int alloc_worker_id(worker_pool *pool) {
    raw_spin_lock_irq(&pool->lock);
    const unsigned long id = find_first_zero_bit(pool->worker_ids, max_workers);
    if (id < max_workers)
        __set_bit(static_cast<int>(id), pool->worker_ids);
    raw_spin_unlock_irq(&pool->lock);
    return id < max_workers ? static_cast<int>(id) : -1;
}

static void free_worker_id(worker_pool *pool, int id) {
    raw_spin_lock_irq(&pool->lock);
    __clear_bit(id, pool->worker_ids);
    raw_spin_unlock_irq(&pool->lock);
}

// A fault is for a driver: pools in which none of its items waits are spared.
static bool waits_for_module(worker_pool *pool) {
    bool found = false;
    work_struct *work;

    raw_spin_lock_irq(&pool->lock);
    list_for_each_entry (work, &pool->worklist, entry)
        found = found || is_module_text_address(reinterpret_cast<unsigned long>(work->func));
    raw_spin_unlock_irq(&pool->lock);
    return found;
}

worker *create_worker(worker_pool *pool) {
    if (unlikely(faults_armed & 1u << FAULT_create_worker) && waits_for_module(pool) &&
        should_fail(FAULT_create_worker))
        return nullptr;
    const int id = alloc_worker_id(pool);
    if (id < 0)
        return nullptr;
    worker *w = alloc_worker(pool->node);
    if (!w) {
        free_worker_id(pool, id);
        return nullptr;
    }
    w->id = id;

    char name[16];
    if (pool->cpu >= 0)
        snprintf(name, sizeof(name), "%d:%d%s", pool->cpu, id, pool->attrs->nice < 0 ? "H" : "");
    else
        snprintf(name, sizeof(name), "u%d:%d", pool->id, id);
    w->task = kthread_create_on_node(worker_thread, w, pool->node, "kworker/%s", name);
    if (IS_ERR(w->task)) {
        free_worker_id(pool, id);
        kfree(w);
        return nullptr;
    }
    set_user_nice(w->task, pool->attrs->nice);
    kthread_bind_mask(w->task, pool->attrs->cpumask);
    worker_attach_to_pool(w, pool);

    raw_spin_lock_irq(&pool->lock);
    pool->nr_workers++;
    worker_enter_idle(w);
    wake_up_process(w->task);
    raw_spin_unlock_irq(&pool->lock);
    return w;
}

void destroy_worker(worker *w) {
    worker_pool *pool = w->pool;
    if (WARN_ON(w->current_work) || WARN_ON(!list_empty(&w->scheduled)) || WARN_ON(!(w->flags & worker_idle)))
        return;
    pool->nr_workers--;
    pool->nr_idle--;
    list_del_init(&w->entry);
    w->flags |= worker_die;
    wake_up_process(w->task);
}

// Of the workers that are too many, those that have been idle long enough go.
void idle_worker_timeout(timer_list *t) {
    worker_pool *pool = from_timer(pool, t, idle_timer);
    raw_spin_lock_irq(&pool->lock);
    while (too_many_workers(pool)) {
        worker *w = list_last_entry(&pool->idle_list, worker, entry);
        const unsigned long expires = w->last_active + worker_idle_time;
        if (time_before(jiffies, expires)) {
            mod_timer(&pool->idle_timer, expires);
            break;
        }
        destroy_worker(w);
    }
    raw_spin_unlock_irq(&pool->lock);
}

// Until there is an idle worker, or none is needed any more. While it takes too long, rescuers are called. Called and
// left with pool->lock held, which it drops.
static void maybe_create_worker(worker_pool *pool) {
    do {
        raw_spin_unlock_irq(&pool->lock);
        mod_timer(&pool->mayday_timer, jiffies + mayday_initial_timeout);
        while (!create_worker(pool) && need_to_create_worker(pool)) {
            schedule_timeout_interruptible(static_cast<long>(create_cooldown));
            if (!need_to_create_worker(pool))
                break;
        }
        timer_delete_sync(&pool->mayday_timer);
        raw_spin_lock_irq(&pool->lock);
        // The new one may have been put to work already.
    } while (need_to_create_worker(pool));
}

// The last idle worker sees to it that there is another before it works. False: another one does that already.
static bool manage_workers(worker *w) {
    worker_pool *pool = w->pool;
    if (pool->flags & pool_manager_active)
        return false;
    pool->flags |= pool_manager_active;
    pool->manager = w;
    maybe_create_worker(pool);
    pool->manager = nullptr;
    pool->flags &= ~pool_manager_active;
    if (waitqueue_active(&wq_manager_wait))
        wake_up_all(&wq_manager_wait);
    return true;
}

// pool->lock held; dropped for the function.
static void process_one_work(worker *w, work_struct *work) {
    pool_workqueue *pwq = get_work_pwq(work);
    worker_pool *pool = w->pool;
    const bool cpu_intensive = pwq->wq->flags & WQ_CPU_INTENSIVE;
    WARN_ON_ONCE(!(pool->flags & pool_disassociated) && raw_smp_processor_id() != static_cast<unsigned>(pool->cpu));

    // Queued again while it runs: the same worker runs it once more, afterwards.
    worker *collision = find_worker_executing_work(pool, work);
    if (unlikely(collision)) {
        move_linked_works(work, &collision->scheduled, nullptr);
        return;
    }

    const unsigned long data = work_data(work);
    const work_func_t func = work->func;
    hash_add(pool->busy_hash, &w->hentry, reinterpret_cast<unsigned long>(work));
    w->current_work = work;
    w->current_func = func;
    w->current_pwq = pwq;
    w->current_color = work_color(data);
    strscpy(w->desc, pwq->wq->name, WORKER_DESC_LEN);
    list_del_init(&work->entry);
    debug_object_deactivate(work);

    // Items that compute for long do not keep the others of the pool waiting.
    if (unlikely(cpu_intensive))
        worker_set_flags(w, worker_cpu_intensive);
    // Unbound pools, and those whose workers all compute, go on with the next item at once.
    if (need_more_worker(pool))
        wake_up_worker(pool);
    set_work_pool_and_clear_pending(work, static_cast<unsigned long>(pool->id));
    raw_spin_unlock_irq(&pool->lock);

    run_work(work, func);

    raw_spin_lock_irq(&pool->lock);
    if (unlikely(cpu_intensive))
        worker_clear_flags(w, worker_cpu_intensive);
    w->last_func = func;
    hash_del(&w->hentry);
    INIT_LIST_HEAD(&w->entry);
    w->current_work = nullptr;
    w->current_func = nullptr;
    w->current_pwq = nullptr;
    w->current_color = work_no_color;
    pwq_dec_nr_in_flight(pwq, data);
}

void process_scheduled_works(worker *w) {
    while (!list_empty(&w->scheduled))
        process_one_work(w, list_first_entry(&w->scheduled, work_struct, entry));
}

void set_pf_worker(bool val) {
    mutex_lock(&wq_pool_attach_mutex);
    if (val)
        current->flags |= PF_WQ_WORKER;
    else
        current->flags &= ~PF_WQ_WORKER;
    mutex_unlock(&wq_pool_attach_mutex);
}

// pool->lock held.
static void work_until_another_runs(worker *w) {
    worker_pool *pool = w->pool;
    WARN_ON_ONCE(!list_empty(&w->scheduled));
    // From here on it counts as running.
    worker_clear_flags(w, worker_prep | worker_rebound);
    do {
        work_struct *work = list_first_entry(&pool->worklist, work_struct, entry);
        pool->watchdog_ts = jiffies;
        if (likely(!(work_data(work) & WORK_STRUCT_LINKED))) {
            process_one_work(w, work);
            if (unlikely(!list_empty(&w->scheduled)))
                process_scheduled_works(w);
        } else {
            move_linked_works(work, &w->scheduled, nullptr);
            process_scheduled_works(w);
        }
    } while (keep_working(pool));
    worker_set_flags(w, worker_prep);
}

static int worker_thread(void *data) {
    worker *w = static_cast<worker *>(data);
    worker_pool *pool = w->pool;
    set_pf_worker(true);
    for (;;) {
        raw_spin_lock_irq(&pool->lock);
        if (unlikely(w->flags & worker_die)) {
            raw_spin_unlock_irq(&pool->lock);
            WARN_ON_ONCE(!list_empty(&w->entry));
            set_pf_worker(false);
            set_task_comm(w->task, "kworker/dying");
            free_worker_id(pool, w->id);
            worker_detach_from_pool(w);
            kfree(w);
            return 0;
        }
        worker_leave_idle(w);
        while (need_more_worker(pool)) {
            // After managing, the item may have gone to somebody else.
            if (unlikely(!may_start_working(pool)) && manage_workers(w))
                continue;
            work_until_another_runs(w);
            break;
        }
        worker_enter_idle(w);
        __set_current_state(TASK_IDLE);
        raw_spin_unlock_irq(&pool->lock);
        schedule();
    }
}

bool current_is_workqueue_rescuer(void) {
    worker *w = current_wq_worker();
    return w && w->rescue_wq;
}

void set_worker_desc(const char *fmt, ...) {
    worker *w = current_wq_worker();
    if (!w)
        return;
    va_list args;
    va_start(args, fmt);
    vsnprintf(w->desc, sizeof(w->desc), fmt, args);
    va_end(args);
}
EXPORT_SYMBOL_GPL(set_worker_desc);
