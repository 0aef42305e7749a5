// SPDX-License-Identifier: Apache-2.0
// Printing tasks (Linux: sched_show_task and friends in kernel/sched/core.c).
#include "kernel/sched/sched.h"

#include <linux/export.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched/debug.h>
#include <linux/workqueue.h>

void sched_show_task(struct task_struct *p) {
    printk(KERN_INFO "task:%-15.15s state:%c stack:%-5lu pid:%-5d ppid:%-6d flags:0x%08lx\n", p->comm,
           task_state_to_char(p), THREAD_SIZE, task_pid_nr(p), task_ppid_nr(p), p->thread_info.flags);
    print_worker_info(KERN_INFO, p);
    show_stack(p, nullptr, KERN_INFO);
}
EXPORT_SYMBOL_GPL(sched_show_task);

void show_state_filter(unsigned int state_filter) {
    task_struct *p;

    rcu_read_lock();
    for_each_process(p) if (!state_filter || (READ_ONCE(p->__state) & state_filter)) sched_show_task(p);
    rcu_read_unlock();
}

void dump_cpu_task(int cpu) {
    printk(KERN_INFO "Task dump for CPU %d:\n", cpu);
    sched_show_task(curr_task(cpu));
}
