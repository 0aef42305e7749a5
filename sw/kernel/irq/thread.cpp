// SPDX-License-Identifier: Apache-2.0
// Interrupt threads: one per action that has a thread function, SCHED_FIFO, named irq/N-name.
#include "kernel/irq/internals.h"

#include <linux/bottom_half.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/task_work.h>
#include <linux/wait.h>

bool force_irqthreads_key;
EXPORT_SYMBOL_GPL(force_irqthreads_key);

static int __init setup_forced_irqthreads(char *) {
    force_irqthreads_key = true;
    return 0;
}
early_param("threadirqs", setup_forced_irqthreads);

// The primary handlers of actions that have none of their own.

irqreturn_t irq_default_primary_handler(int, void *) {
    return IRQ_WAKE_THREAD;
}

irqreturn_t irq_nested_primary_handler(int irq, void *) {
    WARN(1, "Primary handler called for nested irq %d\n", irq);
    return IRQ_NONE;
}

static irqreturn_t irq_forced_secondary_handler(int irq, void *) {
    WARN(1, "Secondary action handler called for irq %d\n", irq);
    return IRQ_NONE;
}

// False: the thread has to stop, and nothing is left to do.
static bool irq_wait_for_interrupt(irqaction *action) {
    for (;;) {
        set_current_state(TASK_INTERRUPTIBLE);
        bool stop = kthread_should_stop();
        if (test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
            __set_current_state(TASK_RUNNING);
            return true;
        }
        if (stop) {
            __set_current_state(TASK_RUNNING);
            return false;
        }
        schedule();
    }
}

// A oneshot line is opened again when the last of its threads has run.
static void irq_finalize_oneshot(irq_desc *desc, irqaction *action) {
    if (!(desc->istate & IRQS_ONESHOT) || action->handler == irq_forced_secondary_handler)
        return;
again:
    chip_bus_lock(desc);
    raw_spin_lock_irq(&desc->lock);

    // The hard handler on another CPU may be about to set our bit in threads_oneshot, unlocked: opening the line now
    // would meet an interrupt that it masked for us.
    if (unlikely(irqd_irq_inprogress(&desc->irq_data))) {
        raw_spin_unlock_irq(&desc->lock);
        chip_bus_sync_unlock(desc);
        cpu_relax();
        goto again;
    }
    // Woken again: the line stays closed until that run is over too.
    if (!test_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
        desc->threads_oneshot &= ~action->thread_mask;
        if (!desc->threads_oneshot && !irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data))
            unmask_threaded_irq(desc);
    }
    raw_spin_unlock_irq(&desc->lock);
    chip_bus_sync_unlock(desc);
}

static void irq_thread_check_affinity(irq_desc *desc, irqaction *action) {
    cpumask_var_t mask;
    bool valid = false;

    if (!test_and_clear_bit(IRQTF_AFFINITY, &action->thread_flags))
        return;
    __set_current_state(TASK_RUNNING);
    if (!alloc_cpumask_var(&mask, GFP_KERNEL)) {
        set_bit(IRQTF_AFFINITY, &action->thread_flags);
        return;
    }
    raw_spin_lock_irq(&desc->lock);
    if (cpumask_available(desc->irq_common_data.affinity)) {
        cpumask_copy(mask, irq_data_get_effective_affinity_mask(&desc->irq_data));
        valid = true;
    }
    raw_spin_unlock_irq(&desc->lock);
    if (valid)
        set_cpus_allowed_ptr(current, mask);
    free_cpumask_var(mask);
}

static irqreturn_t run_thread_fn(irq_desc *desc, irqaction *action) {
    trace_event2(irq_thread_entry, action->irq, action, action->name);
    irqreturn_t ret = action->thread_fn(action->irq, action->dev_id);
    trace_event3(irq_thread_exit, action->irq, action, ret, action->name);
    if (ret == IRQ_HANDLED)
        atomic_inc(&desc->threads_handled);
    irq_finalize_oneshot(desc, action);
    return ret;
}

// What the driver wrote as a hard handler still finds bottom halves and interrupts off, as it would there.
static irqreturn_t run_forced_thread_fn(irq_desc *desc, irqaction *action) {
    local_bh_disable();
    local_irq_disable();
    irqreturn_t ret = run_thread_fn(desc, action);
    local_irq_enable();
    local_bh_enable();
    return ret;
}

static void wake_threads_waitq(irq_desc *desc) {
    if (atomic_dec_and_test(&desc->threads_active))
        wake_up(&desc->wait_for_threads);
}

static void irq_wake_secondary(irq_desc *desc, irqaction *action) {
    irqaction *secondary = action->secondary;

    if (WARN_ON_ONCE(!secondary))
        return;
    raw_spin_lock_irq(&desc->lock);
    __irq_wake_thread(desc, secondary);
    raw_spin_unlock_irq(&desc->lock);
}

static void irq_thread_set_ready(irq_desc *desc, irqaction *action) {
    set_bit(IRQTF_READY, &action->thread_flags);
    wake_up(&desc->wait_for_threads);
}

// The task ends without having been stopped: its handler called kthread_exit or crashed. What waits for it must not
// hang.
static void irq_thread_dtor(callback_head *) {
    task_struct *tsk = current;

    if (WARN_ON_ONCE(!(tsk->flags & PF_EXITING)))
        return;
    auto *action = static_cast<irqaction *>(kthread_data(tsk));
    pr_err("genirq: exiting task \"%s\" (%d) is an active IRQ thread (irq %d)\n", tsk->comm, tsk->pid, action->irq);
    report_defect_at(reinterpret_cast<const void *>(action->thread_fn),
                     "genirq: exiting task \"%s\" (%d) is an active IRQ thread (irq %d)", tsk->comm, tsk->pid,
                     action->irq);

    irq_desc *desc = irq_to_desc(action->irq);
    if (test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags))
        wake_threads_waitq(desc);
    irq_finalize_oneshot(desc, action);
}

// Secondary threads run what the driver wrote as a thread function, just below the threads of forced handlers: 49. That
// is how kernels after 6.1 have it; in 6.1 both are at 50 and the forced handler may have to wait for a thread function
// that is under way.
static void set_thread_priority(irqaction *action) {
    if (action->handler != irq_forced_secondary_handler) {
        sched_set_fifo(current);
        return;
    }
    sched_param param = {.sched_priority = MAX_RT_PRIO / 2 - 1};
    sched_setscheduler_nocheck(current, SCHED_FIFO, &param);
}

int irq_thread(void *data) {
    auto *action = static_cast<irqaction *>(data);
    irq_desc *desc = irq_to_desc(action->irq);
    callback_head on_exit_work;

    irq_thread_set_ready(desc, action);
    set_thread_priority(action);
    init_task_work(&on_exit_work, irq_thread_dtor);
    task_work_add(current, &on_exit_work, TWA_NONE);
    bool forced = force_irqthreads() && test_bit(IRQTF_FORCED_THREAD, &action->thread_flags);

    irq_thread_check_affinity(desc, action);
    while (irq_wait_for_interrupt(action)) {
        irq_thread_check_affinity(desc, action);
        irqreturn_t ret = forced ? run_forced_thread_fn(desc, action) : run_thread_fn(desc, action);
        if (ret == IRQ_WAKE_THREAD)
            irq_wake_secondary(desc, action);
        wake_threads_waitq(desc);
    }
    // Stopped by free_irq, which has taken the action off the line already and waits for this task.
    task_work_cancel(current, irq_thread_dtor);
    return 0;
}

void irq_wake_thread(unsigned int irq, void *dev_id) {
    irq_desc *desc = irq_to_desc(irq);
    unsigned long flags;

    if (!desc || WARN_ON(irq_settings_is_per_cpu_devid(desc)))
        return;
    raw_spin_lock_irqsave(&desc->lock, flags);
    for (irqaction *action = desc->action; action; action = action->next) {
        if (action->dev_id == dev_id) {
            if (action->thread)
                __irq_wake_thread(desc, action);
            break;
        }
    }
    raw_spin_unlock_irqrestore(&desc->lock, flags);
}
EXPORT_SYMBOL_GPL(irq_wake_thread);

int setup_irq_thread(irqaction *thread_action, unsigned int irq, bool secondary) {
    task_struct *t =
        kthread_create(irq_thread, thread_action, secondary ? "irq/%d-s-%s" : "irq/%d-%s", irq, thread_action->name);

    if (IS_ERR(t))
        return PTR_ERR(t);
    // The handler may look at the task after it has ended: it stays until the action is freed.
    thread_action->thread = get_task_struct(t);
    // The thread starts where the line is handled.
    set_bit(IRQTF_AFFINITY, &thread_action->thread_flags);
    return 0;
}

void wait_for_irq_thread_ready(irq_desc *desc, irqaction *thread_action) {
    if (!thread_action || !thread_action->thread)
        return;
    wake_up_process(thread_action->thread);
    wait_event(desc->wait_for_threads, test_bit(IRQTF_READY, &thread_action->thread_flags));
}

void stop_irq_thread(irqaction *thread_action) {
    if (!thread_action->thread)
        return;
    kthread_stop(thread_action->thread);
    put_task_struct(thread_action->thread);
    thread_action->thread = nullptr;
}

// threadirqs: the driver's hard handler becomes a thread function, oneshot as it was not written for being interrupted
// by its own line; a thread function that it has besides gets a thread of its own.
int irq_setup_forced_threading(irqaction *thread_action) {
    if (!force_irqthreads())
        return 0;
    if (thread_action->flags & (IRQF_NO_THREAD | IRQF_PERCPU | IRQF_ONESHOT))
        return 0;
    // Only the thread was given: that is what forcing would make of it.
    if (thread_action->handler == irq_default_primary_handler)
        return 0;

    thread_action->flags |= IRQF_ONESHOT;
    if (thread_action->handler && thread_action->thread_fn) {
        auto *secondary = static_cast<irqaction *>(kzalloc(sizeof(irqaction), GFP_KERNEL));

        if (!secondary)
            return -ENOMEM;
        secondary->handler = irq_forced_secondary_handler;
        secondary->thread_fn = thread_action->thread_fn;
        secondary->dev_id = thread_action->dev_id;
        secondary->irq = thread_action->irq;
        secondary->name = thread_action->name;
        thread_action->secondary = secondary;
    }
    set_bit(IRQTF_FORCED_THREAD, &thread_action->thread_flags);
    thread_action->thread_fn = thread_action->handler;
    thread_action->handler = irq_default_primary_handler;
    return 0;
}
