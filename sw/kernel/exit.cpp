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

#include "kernel/fs/descriptors.h"
#include "lib/guard.h"

void release_task(task_struct *p);
extern "C" void __noreturn do_task_dead(void);

// ---- works that a task does at its end ----
//
// They are a stack that anybody may push on. A task that ends takes them all again and again until none is left, and
// then closes the stack.

static struct callback_head closed;

static bool replace(callback_head **place, callback_head *&expected, callback_head *value) {
    return __atomic_compare_exchange_n(place, &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

int task_work_add(struct task_struct *task, struct callback_head *work, enum task_work_notify_mode) {
    callback_head *top = READ_ONCE(task->task_works);

    for (work->next = top; top != &closed; work->next = top)
        if (replace(&task->task_works, top, work))
            return 0;
    return -ESRCH;
}

struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func) {
    hold_irqsave l(task->pi_lock);
    callback_head **place = &task->task_works;

    while (*place && *place != &closed) {
        callback_head *work = *place;

        if (work->func == func && replace(place, work, work->next))
            return work;
        place = &(*place)->next;
    }
    return nullptr;
}

// The last time, it closes the stack: true then.
static bool take_all_or_close(task_struct *task, callback_head *&works) {
    works = READ_ONCE(task->task_works);
    for (;;) {
        const bool close = !works && task->flags & PF_EXITING;

        if (!works && !close)
            return true;
        if (replace(&task->task_works, works, close ? &closed : nullptr))
            return close;
    }
}

void task_work_run(void) {
    callback_head *works;

    while (!take_all_or_close(current, works)) {
        while (callback_head *work = works) {
            works = work->next; // the work may free itself
            work->func(work);
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
    if (!(task->flags & PF_KTHREAD))
        close_all_descriptors();
    if (irqs_disabled())
        local_irq_enable();

    task->flags |= PF_EXITING;
    task->exit_code = static_cast<int>(code);
    task_work_run();
    debug_check_no_locks_held();
    trace_event2(sched_process_exit, task->pid, task->prio, task->comm);

    // Nothing waits for children here, so a dead task is reaped at once.
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
