// SPDX-License-Identifier: Apache-2.0
// What concurrency-managed workqueues are doing, in Linux's format (Linux: kernel/workqueue.c), and under
// /sys/kernel/debug.
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

namespace {

// A line of the log under a heading, which is only there if something is said.
class log_row {
public:
    explicit log_row(const char *heading)
        : heading_(heading) {}
    ~log_row() {
        if (!empty())
            pr_cont("\n");
    }
    bool empty() const { return heading_; }
    // True: it is the first entry of the row.
    bool begin() {
        if (!heading_)
            return false;
        pr_info("    %s:", heading_);
        heading_ = nullptr;
        return true;
    }

private:
    const char *heading_;
};

// A worker as a number in such a row.
int pid_of(const worker &w) {
    return task_pid_nr(w.task);
}

// The items of a list that are the queue's. A barrier stands behind its item without a comma.
void show_works(const char *heading, const pool_workqueue &pwq, const list_head &list) {
    log_row row(heading);
    bool follows = true;
    for (work_struct &item : list_of<&work_struct::entry>(list)) {
        if (get_work_pwq(item) != &pwq)
            continue;
        row.begin();
        show_work(!follows, &item);
        follows = item_word::of(item).has_follower();
    }
}

void show_running(const pool_workqueue &pwq) {
    log_row row("in-flight");
    for_each_busy_worker(*pwq.pool, [&](const worker &w) {
        if (w.job.pwq != &pwq)
            return;
        const char *comma = row.begin() ? "" : ",";
        pr_cont("%s %d%s:%ps", comma, pid_of(w), w.rescue_wq ? "(RESCUER)" : "", reinterpret_cast<void *>(w.job.func));
        for (work_struct &item : list_of<&work_struct::entry>(w.scheduled))
            show_work(false, &item);
    });
}

} // namespace

void show_pool_info(const worker_pool &pool) {
    char node[16] = "";
    if (pool.node != NUMA_NO_NODE)
        scnprintf(node, sizeof(node), " node=%d", pool.node);
    pr_cont(" cpus=%*pbl%s flags=0x%x nice=%d", cpumask_pr_args(pool.attrs->cpumask), node, pool.shown_flags(),
            pool.attrs->nice);
}

void show_pwq(const pool_workqueue &pwq) {
    const char *mayday = list_empty(&pwq.mayday_node) ? "" : " MAYDAY";
    pr_info("  pwq %d:", pwq.pool->id);
    show_pool_info(*pwq.pool);
    pr_cont(" active=%d/%d refcnt=%d%s\n", pwq.nr_active, pwq.max_active, pwq.refcnt, mayday);
    show_running(pwq);
    show_works("pending", pwq, pwq.pool->worklist);
    show_works("inactive", pwq, pwq.inactive_works);
}

void cmwq_show_queue(workqueue_struct *wq) {
    bool named = false;
    for_each_pwq_locked(wq, [&](const pool_workqueue &pwq) {
        if (!pwq.has_items())
            return true;
        if (!named)
            pr_info("workqueue %s: flags=0x%x\n", wq->name, wq->flags);
        named = true;
        show_pwq(pwq);
        return true;
    });
}

// A pool of which a worker is busy.
static void show_one_worker_pool(worker_pool &pool) {
    const hold_irqsave l(pool.lock);
    if (pool.crew.idle() == pool.crew.all())
        return;
    // Only a list that is not empty can be stuck.
    const unsigned stuck_ms = list_empty(&pool.worklist) ? 0 : jiffies_to_msecs(jiffies - pool.watchdog_ts);
    pr_info("pool %d:", pool.id);
    show_pool_info(pool);
    pr_cont(" hung=%us workers=%d", stuck_ms / 1000, pool.crew.all());
    if (pool.manager)
        pr_cont(" manager: %d", pid_of(*pool.manager));
    const char *lead = " idle:";
    for (const worker &w : list_of<&worker::entry>(pool.crew.idle_list())) {
        pr_cont("%s %d", lead, pid_of(w));
        lead = "";
    }
    pr_cont("\n");
}

void cmwq_show_threads() {
    for_each_pool(show_one_worker_pool);
}

// What a worker runs, as the frame of a warning shows it. The description is only said where it is not the queue's
// name.
void print_worker_info(const char *log_lvl, struct task_struct *task) {
    const bool is_worker = task->flags & PF_WQ_WORKER;
    const worker *w = is_worker ? static_cast<worker *>(kthread_probe_data(task)) : nullptr;
    if (!w || !w->job.func)
        return;
    const char *queue = w->job.pwq ? w->job.pwq->wq->name : "";
    const bool described = strcmp(queue, w->desc);
    printk("%sWorkqueue: %s %ps%s%s%s\n", log_lvl, queue, reinterpret_cast<void *>(w->job.func), described ? " (" : "",
           described ? w->desc : "", described ? ")" : "");
}

// As long as the mutex is held, no worker leaves its pool or ends.
void wq_worker_comm(char *buf, size_t size, struct task_struct *task) {
    const ssize_t length = strscpy(buf, task->comm, size);
    const hold attached(members_mutex);
    const worker *w = task->flags & PF_WQ_WORKER ? static_cast<worker *>(kthread_data(task)) : nullptr;
    if (length < 0 || !w || !w->pool)
        return;
    const hold_irq l(w->pool->lock);
    if (w->desc[0])
        scnprintf(buf + length, size - static_cast<size_t>(length), "%c%s", w->job.item ? '+' : '-', w->desc);
}

// ---- /sys/kernel/debug/workqueue ----

namespace {

const char *worker_state(const worker &w) {
    switch (w.stage) {
    case worker::leaving:
        return "dying";
    case worker::idle:
        return "idle";
    default:
        break;
    }
    if (w.pool->manager == &w)
        return "managing";
    if (!w.job.item)
        return "starting";
    if (w.job.pwq->wq->flags & WQ_CPU_INTENSIVE)
        return "cpu-intensive";
    return READ_ONCE(w.asleep) ? "sleeping" : "running";
}

void debug_works(seq_file *m, const char *lead, const list_head &list) {
    for (const work_struct &item : list_of<&work_struct::entry>(list)) {
        seq_printf(m, "%s %ps", lead, reinterpret_cast<void *>(item.func));
        lead = "";
    }
}

void debug_worker(seq_file *m, const worker &w) {
    seq_printf(m, "    %s pid=%d %s", w.task->comm, pid_of(w), worker_state(w));
    if (w.job.item)
        seq_printf(m, " %ps of %s", reinterpret_cast<void *>(w.job.func), w.job.pwq->wq->name);
    debug_works(m, " scheduled:", w.scheduled);
    seq_putc(m, '\n');
}

void debug_pool(seq_file *m, worker_pool &pool) {
    const hold attached(members_mutex);
    const hold_irq l(pool.lock);
    seq_printf(m, "pool %d: cpus=%*pbl nice=%d flags=0x%x workers=%d idle=%d running=%d", pool.id,
               cpumask_pr_args(pool.attrs->cpumask), pool.attrs->nice, pool.shown_flags(), pool.crew.all(),
               pool.crew.idle(), pool.crew.running());
    if (pool.miscounted)
        seq_printf(m, " miscounted by %d", pool.miscounted);
    debug_works(m, "\n    worklist:", pool.worklist);
    seq_putc(m, '\n');
    for (const worker &w : list_of<&worker::node>(pool.members))
        debug_worker(m, w);
}

void debug_queue(seq_file *m, workqueue_struct &wq) {
    const hold l(wq.mutex);
    seq_printf(m, "workqueue %s: flags=0x%x", wq.name, wq.flags);
    if (wq.rescuer)
        seq_printf(m, " rescuer=%d", pid_of(*wq.rescuer));
    seq_putc(m, '\n');
    for_each_pwq_locked(&wq, [m](const pool_workqueue &pwq) {
        seq_printf(m, "    pool %d: active=%d/%d refcnt=%d", pwq.pool->id, pwq.nr_active, pwq.max_active, pwq.refcnt);
        debug_works(m, " inactive:", pwq.inactive_works);
        seq_putc(m, '\n');
        return true;
    });
}

// With all CPUs stopped, so that no worker is halfway between two states.
int compare_counts(void *) {
    for_each_pool([](worker_pool &pool) {
        int counted = 0;
        for (const worker &w : list_of<&worker::node>(pool.members))
            counted += pool.crew.counts(w);
        pool.miscounted = pool.crew.running() - counted;
    });
    return 0;
}

} // namespace

// Pools with their workers and worklists, then queues with their part of each pool.
void cmwq_debug_show(seq_file *m) {
    {
        const hold attached(members_mutex); // no worker comes or goes
        stop_machine(compare_counts, nullptr, nullptr);
    }
    const hold l(wq_pool_mutex);
    for_each_pool([m](worker_pool &pool) { debug_pool(m, pool); });
    for (workqueue_struct &wq : list_of<&workqueue_struct::list>(workqueues))
        debug_queue(m, wq);
}
