// SPDX-License-Identifier: Apache-2.0
// What concurrency-managed workqueues are doing, in Linux's format (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/string.h>

#include "kernel/workqueue/cmwq.h"

void show_pool_info(const worker_pool *pool) {
    pr_cont(" cpus=%*pbl", cpumask_pr_args(pool->attrs->cpumask));
    if (pool->node != NUMA_NO_NODE)
        pr_cont(" node=%d", pool->node);
    pr_cont(" flags=0x%x nice=%d", pool->flags, pool->attrs->nice);
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

void cmwq_show_queue(workqueue_struct *wq) {
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

void cmwq_show_threads() {
    for (worker_pool *pool : worker_pools) {
        if (pool)
            show_one_worker_pool(pool);
    }
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

// ---- /sys/kernel/debug/workqueue ----

static const char *worker_state(const worker *w) {
    if (w->flags & worker_die)
        return "dying";
    if (w->flags & worker_idle)
        return "idle";
    if (w->pool->manager == w)
        return "managing";
    if (!w->current_work)
        return "starting";
    if (w->flags & worker_cpu_intensive)
        return "cpu-intensive";
    return READ_ONCE(w->sleeping) ? "sleeping" : "running";
}

static void debug_works(seq_file *m, const char *lead, const list_head *list) {
    const work_struct *work;
    list_for_each_entry (work, list, entry) {
        seq_printf(m, "%s %ps", lead, reinterpret_cast<void *>(work->func));
        lead = "";
    }
}

static void debug_worker(seq_file *m, const worker *w) {
    seq_printf(m, "    %s pid=%d %s", w->task->comm, task_pid_nr(w->task), worker_state(w));
    if (w->current_work)
        seq_printf(m, " %ps of %s", reinterpret_cast<void *>(w->current_func), w->current_pwq->wq->name);
    debug_works(m, " scheduled:", &w->scheduled);
    seq_putc(m, '\n');
}

static void debug_pool(seq_file *m, worker_pool *pool) {
    mutex_lock(&wq_pool_attach_mutex);
    raw_spin_lock_irq(&pool->lock);
    seq_printf(m, "pool %d: cpus=%*pbl nice=%d flags=0x%x workers=%d idle=%d running=%d", pool->id,
               cpumask_pr_args(pool->attrs->cpumask), pool->attrs->nice, pool->flags, pool->nr_workers, pool->nr_idle,
               pool->nr_running);
    if (pool->miscounted)
        seq_printf(m, " miscounted by %d", pool->miscounted);
    debug_works(m, "\n    worklist:", &pool->worklist);
    seq_putc(m, '\n');
    const worker *w;
    list_for_each_entry (w, &pool->workers, node)
        debug_worker(m, w);
    raw_spin_unlock_irq(&pool->lock);
    mutex_unlock(&wq_pool_attach_mutex);
}

static void debug_queue(seq_file *m, workqueue_struct *wq) {
    mutex_lock(&wq->mutex);
    seq_printf(m, "workqueue %s: flags=0x%x", wq->name, wq->flags);
    if (wq->rescuer)
        seq_printf(m, " rescuer=%d", task_pid_nr(wq->rescuer->task));
    seq_putc(m, '\n');
    pool_workqueue *pwq;
    list_for_each_entry (pwq, &wq->pwqs, pwqs_node) {
        raw_spin_lock_irq(&pwq->pool->lock);
        seq_printf(m, "    pool %d: active=%d/%d refcnt=%d", pwq->pool->id, pwq->nr_active, pwq->max_active,
                   pwq->refcnt);
        debug_works(m, " inactive:", &pwq->inactive_works);
        seq_putc(m, '\n');
        raw_spin_unlock_irq(&pwq->pool->lock);
    }
    mutex_unlock(&wq->mutex);
}

// With all CPUs stopped, so that no worker is halfway between two states.
static int compare_counts(void *) {
    for (worker_pool *pool : worker_pools) {
        if (!pool)
            continue;
        pool->miscounted = pool->nr_running;
        const worker *w;
        list_for_each_entry (w, &pool->workers, node) {
            if (!(w->flags & worker_not_running) && !w->sleeping)
                pool->miscounted--;
        }
    }
    return 0;
}

// Pools with their workers and worklists, then queues with their part of each pool.
void cmwq_debug_show(seq_file *m) {
    mutex_lock(&wq_pool_attach_mutex); // no worker comes or goes
    stop_machine(compare_counts, nullptr, nullptr);
    mutex_unlock(&wq_pool_attach_mutex);
    mutex_lock(&wq_pool_mutex);
    for (worker_pool *pool : worker_pools) {
        if (pool)
            debug_pool(m, pool);
    }
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list)
        debug_queue(m, wq);
    mutex_unlock(&wq_pool_mutex);
}
