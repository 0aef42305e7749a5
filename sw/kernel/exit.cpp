// SPDX-License-Identifier: Apache-2.0
// The end of tasks, and what they do then (Linux: kernel/exit.c, kernel/task_work.c).
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/task_work.h>
#include <port/trace.h>

void release_task(task_struct *p);
extern "C" void __noreturn do_task_dead(void);

// Stands in task_works for "no more": a task that has run its works for the last time.
static struct callback_head work_exited;

int task_work_add(struct task_struct *task, struct callback_head *work, enum task_work_notify_mode) {
    callback_head *head = READ_ONCE(task->task_works);

    do {
        if (head == &work_exited)
            return -ESRCH;
        work->next = head;
    } while (!__atomic_compare_exchange_n(&task->task_works, &head, work, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
    return 0;
}

struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func) {
    unsigned long flags;
    callback_head *found = nullptr;

    raw_spin_lock_irqsave(&task->pi_lock, flags);
    for (callback_head **link = &task->task_works; *link && *link != &work_exited; link = &(*link)->next) {
        callback_head *work = *link;

        if (work->func == func &&
            __atomic_compare_exchange_n(link, &work, work->next, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
            found = work;
            break;
        }
    }
    raw_spin_unlock_irqrestore(&task->pi_lock, flags);
    return found;
}

void task_work_run(void) {
    task_struct *task = current;

    for (;;) {
        callback_head *work = READ_ONCE(task->task_works);
        callback_head *next = !work && (task->flags & PF_EXITING) ? &work_exited : nullptr;

        if (!work && !next)
            return;
        if (!__atomic_compare_exchange_n(&task->task_works, &work, next, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
            continue;
        if (!work)
            return;
        while (work) {
            next = work->next;
            work->func(work);
            work = next;
            cond_resched();
        }
    }
}

void __noreturn do_exit(long code) {
    task_struct *task = current;

    if (in_interrupt())
        panic("Aiee, killing interrupt handler!");
    if (!task->pid)
        panic("Attempted to kill the idle task!");
    if (is_global_init(task))
        panic("Attempted to kill init! exitcode=0x%08x", static_cast<unsigned>(code));
    __set_current_state(TASK_RUNNING);
    if (unlikely(in_atomic())) {
        printk(KERN_INFO "note: %s[%d] exited with preempt_count %d\n", task->comm, task->pid, preempt_count());
        preempt_count_set(0);
    }
    if (irqs_disabled())
        local_irq_enable();

    task->flags |= PF_EXITING;
    task->exit_code = static_cast<int>(code);
    task_work_run();
    debug_check_no_locks_held();
    trace_event2(sched_process_exit, task->pid, task->prio, task->comm);

    // Nobody waits for children here, so a dead task is reaped at once.
    completion *exited = task->vfork_done;
    task->vfork_done = nullptr;
    task->exit_state = EXIT_DEAD;
    release_task(task);
    if (exited)
        complete(exited);
    do_task_dead();
}

void __noreturn make_task_dead(int signr) {
    do_exit(signr);
}
