// SPDX-License-Identifier: Apache-2.0
// What workqueues are doing: to the log in Linux's format, and under /sys/kernel/debug (Linux: kernel/workqueue.c).
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/seq_file.h>

#include "kernel/workqueue/workqueue_internal.h"

// (Linux: pr_cont_work)
void show_work(bool comma, work_struct *work) {
    const char *before = comma ? "," : "";
    const bool is_barrier = work->func == wq_barrier_func;

    if (!is_barrier)
        return void(pr_cont("%s %ps", before, reinterpret_cast<void *>(work->func)));
    pr_cont("%s BAR(%d)", before, task_pid_nr(container_of(work, wq_barrier, work)->task));
}

void show_one_workqueue(struct workqueue_struct *wq) {
    wq_backend->show_queue(wq);
}

void show_all_workqueues(void) {
    const rcu_section reading;
    pr_info("Showing busy workqueues and worker pools:\n");
    for (workqueue_struct &wq : rcu_list_of<&workqueue_struct::list>(workqueues))
        wq_backend->show_queue(&wq);
    wq_backend->show_threads();
}

void show_freezable_workqueues(void) {
    const rcu_section reading;
    pr_info("Showing freezable workqueues that are still busy:\n");
    for (workqueue_struct &wq : rcu_list_of<&workqueue_struct::list>(workqueues)) {
        if (wq.flags & WQ_FREEZABLE)
            wq_backend->show_queue(&wq);
    }
}

static int workqueue_debug_show(struct seq_file *m, void *) {
    wq_backend->debug_show(m);
    return 0;
}
DEFINE_SHOW_ATTRIBUTE(workqueue_debug);

static int workqueue_debugfs_init() {
    debugfs_create_file("workqueue", 0444, nullptr, nullptr, &workqueue_debug_fops);
    return 0;
}
late_initcall(workqueue_debugfs_init);
