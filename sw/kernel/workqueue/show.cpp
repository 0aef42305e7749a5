// SPDX-License-Identifier: Apache-2.0
// What workqueues are doing, in Linux's format, and the watchdog over stuck pools (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/workqueue/workqueue_internal.h"

static void show_pool_info(const worker_pool *pool) {
    pr_cont(" cpus=%*pbl", cpumask_pr_args(pool->attrs->cpumask));
    if (pool->node != NUMA_NO_NODE)
        pr_cont(" node=%d", pool->node);
    pr_cont(" flags=0x%x nice=%d", pool->flags, pool->attrs->nice);
}

static void show_work(bool comma, work_struct *work) {
    if (work->func == wq_barrier_func)
        pr_cont("%s BAR(%d)", comma ? "," : "", task_pid_nr(container_of(work, wq_barrier, work)->task));
    else
        pr_cont("%s %ps", comma ? "," : "", reinterpret_cast<void *>(work->func));
}

// The items of a list that belong to pwq, under a heading; nothing if there are none.
static void show_works(const char *heading, const pool_workqueue *pwq, list_head *list) {
    bool any = false, comma = false;
    work_struct *work;
    list_for_each_entry (work, list, entry) {
        if (get_work_pwq(work) != pwq)
            continue;
        if (!any)
            pr_info("    %s:", heading);
        any = true;
        show_work(comma, work);
        comma = !(work_data(work) & WORK_STRUCT_LINKED);
    }
    if (any)
        pr_cont("\n");
}

void show_pwq(pool_workqueue *pwq) {
    worker_pool *pool = pwq->pool;
    pr_info("  pwq %d:", pool->id);
    show_pool_info(pool);
    pr_cont(" active=%d/%d refcnt=%d%s\n", pwq->nr_active, pwq->max_active, pwq->refcnt,
            !list_empty(&pwq->mayday_node) ? " MAYDAY" : "");

    bool any = false;
    for (hlist_head &bucket : pool->busy_hash) {
        worker *w;
        hlist_for_each_entry (w, &bucket, hentry) {
            if (w->current_pwq != pwq)
                continue;
            if (!any)
                pr_info("    in-flight:");
            pr_cont("%s %d%s:%ps", any ? "," : "", task_pid_nr(w->task), w->rescue_wq ? "(RESCUER)" : "",
                    reinterpret_cast<void *>(w->current_func));
            any = true;
            work_struct *work;
            list_for_each_entry (work, &w->scheduled, entry)
                show_work(false, work);
        }
    }
    if (any)
        pr_cont("\n");
    show_works("pending", pwq, &pool->worklist);
    show_works("inactive", pwq, &pwq->inactive_works);
}

void show_one_workqueue(struct workqueue_struct *wq) {
    pool_workqueue *pwq;
    bool idle = true;
    unsigned long flags;
    list_for_each_entry_rcu(pwq, &wq->pwqs, pwqs_node) {
        if (pwq->nr_active || !list_empty(&pwq->inactive_works)) {
            idle = false;
            break;
        }
    }
    if (idle)
        return;
    pr_info("workqueue %s: flags=0x%x\n", wq->name, wq->flags);
    list_for_each_entry_rcu(pwq, &wq->pwqs, pwqs_node) {
        raw_spin_lock_irqsave(&pwq->pool->lock, flags);
        if (pwq->nr_active || !list_empty(&pwq->inactive_works))
            show_pwq(pwq);
        raw_spin_unlock_irqrestore(&pwq->pool->lock, flags);
    }
}

static void show_one_worker_pool(worker_pool *pool) {
    unsigned long flags;
    raw_spin_lock_irqsave(&pool->lock, flags);
    if (pool->nr_workers != pool->nr_idle) {
        // Only a list that is not empty can be stuck.
        const unsigned hung = list_empty(&pool->worklist) ? 0 : jiffies_to_msecs(jiffies - pool->watchdog_ts) / 1000;
        pr_info("pool %d:", pool->id);
        show_pool_info(pool);
        pr_cont(" hung=%us workers=%d", hung, pool->nr_workers);
        if (pool->manager)
            pr_cont(" manager: %d", task_pid_nr(pool->manager->task));
        bool first = true;
        worker *w;
        list_for_each_entry (w, &pool->idle_list, entry) {
            pr_cont(" %s%d", first ? "idle: " : "", task_pid_nr(w->task));
            first = false;
        }
        pr_cont("\n");
    }
    raw_spin_unlock_irqrestore(&pool->lock, flags);
}

void show_all_workqueues(void) {
    rcu_read_lock();
    pr_info("Showing busy workqueues and worker pools:\n");
    workqueue_struct *wq;
    list_for_each_entry_rcu(wq, &workqueues, list) show_one_workqueue(wq);
    for (worker_pool *pool : worker_pools) {
        if (pool)
            show_one_worker_pool(pool);
    }
    rcu_read_unlock();
}

// What a worker runs, as the frame of a warning shows it.
void print_worker_info(const char *log_lvl, struct task_struct *task) {
    if (!(task->flags & PF_WQ_WORKER))
        return;
    const worker *w = static_cast<worker *>(kthread_probe_data(task));
    if (!w || !w->current_func)
        return;
    const char *name = w->current_pwq ? w->current_pwq->wq->name : "";
    printk("%sWorkqueue: %s %ps", log_lvl, name, reinterpret_cast<void *>(w->current_func));
    if (strcmp(name, w->desc))
        pr_cont(" (%s)", w->desc);
    pr_cont("\n");
}

void wq_worker_comm(char *buf, size_t size, struct task_struct *task) {
    const int off = static_cast<int>(strscpy(buf, task->comm, size));
    if (off < 0)
        return;
    mutex_lock(&wq_pool_attach_mutex);
    if (task->flags & PF_WQ_WORKER) {
        worker *w = static_cast<worker *>(kthread_data(task));
        if (worker_pool *pool = w->pool) {
            raw_spin_lock_irq(&pool->lock);
            if (w->desc[0])
                scnprintf(buf + off, size - static_cast<size_t>(off), "%c%s", w->current_work ? '+' : '-', w->desc);
            raw_spin_unlock_irq(&pool->lock);
        }
    }
    mutex_unlock(&wq_pool_attach_mutex);
}

namespace {

constexpr unsigned long watchdog_thresh = 30; // seconds

timer_list wq_watchdog_timer;
unsigned long wq_watchdog_touched = INITIAL_JIFFIES;
DEFINE_PER_CPU(unsigned long, wq_watchdog_touched_cpu);

void reset_touched() {
    wq_watchdog_touched = jiffies;
    unsigned cpu;
    for_each_possible_cpu (cpu)
        per_cpu(wq_watchdog_touched_cpu, cpu) = jiffies;
}

unsigned long later(unsigned long a, unsigned long b) {
    return time_after(a, b) ? a : b;
}

// A pool that has had items for so long without starting any.
void watchdog_timer_fn(timer_list *) {
    constexpr unsigned long thresh = watchdog_thresh * HZ;
    const unsigned long now = jiffies;
    bool lockup = false;
    rcu_read_lock();
    for (worker_pool *pool : worker_pools) {
        if (!pool || list_empty(&pool->worklist))
            continue;
        const unsigned long touched =
            pool->cpu >= 0 ? READ_ONCE(per_cpu(wq_watchdog_touched_cpu, pool->cpu)) : READ_ONCE(wq_watchdog_touched);
        const unsigned long pool_ts = READ_ONCE(pool->watchdog_ts);
        if (!time_after(now, later(pool_ts, touched) + thresh))
            continue;
        lockup = true;
        const unsigned seconds = jiffies_to_msecs(now - pool_ts) / 1000;
        pr_emerg("BUG: workqueue lockup - pool");
        show_pool_info(pool);
        pr_cont(" stuck for %us!\n", seconds);
        report_defect("workqueue lockup: pool %d stuck for %us", pool->id, seconds);
    }
    rcu_read_unlock();
    if (lockup)
        show_all_workqueues();
    reset_touched();
    mod_timer(&wq_watchdog_timer, jiffies + thresh);
}

} // namespace

void wq_watchdog_touch(int cpu) {
    if (cpu >= 0)
        per_cpu(wq_watchdog_touched_cpu, cpu) = jiffies;
    wq_watchdog_touched = jiffies;
}

void wq_watchdog_init() {
    // Deferrable: an idle system has nothing that could be stuck, and is not to be woken to find that out.
    timer_setup(&wq_watchdog_timer, watchdog_timer_fn, TIMER_DEFERRABLE);
    reset_touched();
    mod_timer(&wq_watchdog_timer, jiffies + watchdog_thresh * HZ);
}
