// SPDX-License-Identifier: Apache-2.0
// Interrupt threads: one per action that has a thread function, SCHED_FIFO 50, named irq/N-name.
//
// A thread is idle until it is ordered to run (__irq_wake_thread sets IRQTF_RUNTHREAD), takes the order when it begins,
// and when it has run gives back what it holds of a oneshot line. Ordered again meanwhile, it runs again and the line
// stays closed. It ends when free_irq stops it, after a last order.
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

#include "kernel/leftovers.h"

bool force_irqthreads_key;

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

namespace {

bool is_secondary(const irqaction &action) {
    return action.handler == irq_forced_secondary_handler;
}

// Sleeps until `over` is true. It is asked when the task counts as asleep already, so that no wake-up is lost.
template <typename Over>
void sleep_until(Over over) {
    const auto asleep = [] { set_current_state(TASK_INTERRUPTIBLE); };

    for (asleep(); !over(); asleep())
        schedule();
    __set_current_state(TASK_RUNNING);
}

// True: an order was taken. False: the thread has to stop, and nothing is left to do.
bool irq_wait_for_interrupt(irqaction &action) {
    bool ordered = false;

    sleep_until([&] {
        // Looked at first: what was ordered before the stop is still done.
        const bool stopped = kthread_should_stop();
        ordered = test_and_clear_bit(IRQTF_RUNTHREAD, &action.thread_flags);
        return ordered || stopped;
    });
    return ordered;
}

// One try to give back the action's part of a oneshot line; who gives the last one opens it. False: a CPU serves the
// line, and may be about to order this very thread, without the lock. Opening now would meet an interrupt that it
// masked for us.
bool return_debt(irq_line line, irqaction &action) {
    chip_bus bus(line.desc());
    hold_irq section(line.desc()->lock);

    if (unlikely(line.served()))
        return false;
    const bool again = test_bit(IRQTF_RUNTHREAD, &action.thread_flags);
    if (!again) {
        line.repay(action.thread_mask);
        if (line.may_open())
            unmask_threaded_irq(line.desc());
    }
    return true;
}

void irq_finalize_oneshot(irq_line line, irqaction &action) {
    if (line.marked(IRQS_ONESHOT) && !is_secondary(action))
        while (!return_debt(line, action))
            cpu_relax();
}

// Threads move after their line by themselves, before their next run.
void irq_thread_check_affinity(irq_line line, irqaction &action) {
    if (!test_and_clear_bit(IRQTF_AFFINITY, &action.thread_flags))
        return;
    cpumask where;
    {
        hold_irq section(line.desc()->lock);
        where = *irq_data_get_effective_affinity_mask(line.data());
    }
    set_cpus_allowed_ptr(current, &where);
}

irqreturn_t irq_thread_fn(irq_line line, irqaction &action) {
    trace_event2(irq_thread_entry, action.irq, &action, action.name);
    const task_state before;
    const irqreturn_t answer = action.thread_fn(action.irq, action.dev_id);
    trace_event3(irq_thread_exit, action.irq, &action, answer, action.name);
    before.expect("irq thread function", reinterpret_cast<const void *>(action.thread_fn));
    if (answer == IRQ_HANDLED)
        atomic_inc(&line.desc()->threads_handled);
    irq_finalize_oneshot(line, action);
    return answer;
}

// What the driver wrote as a hard handler still finds bottom halves and interrupts off, as it would there.
irqreturn_t irq_forced_thread_fn(irq_line line, irqaction &action) {
    bh_off no_bottom_halves;
    irqs_off no_interrupts;

    return irq_thread_fn(line, action);
}

void irq_wake_secondary(irq_line line, irqaction &action) {
    if (WARN_ON_ONCE(!action.secondary))
        return;
    hold_irq section(line.desc()->lock);
    __irq_wake_thread(line.desc(), action.secondary);
}

// The task ends without having been stopped: its handler called kthread_exit or crashed. Who waits for its order, and
// the line that is closed for it, must not wait for ever.
void irq_thread_dtor(callback_head *) {
    if (WARN_ON_ONCE(!(current->flags & PF_EXITING)))
        return;
    auto &action = *static_cast<irqaction *>(kthread_data(current));
    const irq_line line(irq_to_desc(action.irq));
    char epitaph[128];

    snprintf(epitaph, sizeof(epitaph), "genirq: exiting task \"%s\" (%d) is an active IRQ thread (irq %d)",
             current->comm, current->pid, action.irq);
    pr_err("%s\n", epitaph);
    report_defect_at(reinterpret_cast<const void *>(action.thread_fn), "%s", epitaph);

    const bool unserved = test_and_clear_bit(IRQTF_RUNTHREAD, &action.thread_flags);
    if (unserved)
        line.thread_done();
    irq_finalize_oneshot(line, action);
}

// While it lives, the death of the task is noticed. A task that dies never comes to the destructor.
class death_watch {
public:
    death_watch() {
        init_task_work(&notice_, irq_thread_dtor);
        task_work_add(current, &notice_, TWA_NONE);
    }
    ~death_watch() { task_work_cancel(current, irq_thread_dtor); }

private:
    callback_head notice_;
};

int irq_thread(void *data) {
    auto &action = *static_cast<irqaction *>(data);
    const irq_line line(irq_to_desc(action.irq));
    const bool forced = force_irqthreads() && test_bit(IRQTF_FORCED_THREAD, &action.thread_flags);
    const auto run = forced ? irq_forced_thread_fn : irq_thread_fn;

    set_bit(IRQTF_READY, &action.thread_flags);
    wake_up(&line.desc()->wait_for_threads);
    sched_set_fifo(current);

    death_watch watch;
    for (irq_thread_check_affinity(line, action); irq_wait_for_interrupt(action); line.thread_done()) {
        irq_thread_check_affinity(line, action);
        if (run(line, action) == IRQ_WAKE_THREAD)
            irq_wake_secondary(line, action);
    }
    // Stopped by free_irq, which has taken the action off the line already and waits for this task.
    return 0;
}

// An action and, behind it, the one of its secondary thread.
template <typename Deed>
void each_threaded(irqaction &action, Deed deed) {
    for (irqaction *part = &action; part; part = part->secondary)
        if (part->thread)
            deed(*part);
}

// Handlers that threadirqs leaves as they are: those that said so, and those that are threads in all but name.
bool stays_hard(const irqaction &action) {
    return action.flags & (IRQF_NO_THREAD | IRQF_PERCPU | IRQF_ONESHOT) ||
           action.handler == irq_default_primary_handler;
}

} // namespace

void irq_wake_thread(unsigned int irq, void *dev_id) {
    if (irq_desc *const desc = irq_ordinary_line(irq)) {
        hold_irqsave section(desc->lock);
        irqaction *const action = irq_line(desc).action_of(dev_id);
        if (action && action->thread)
            __irq_wake_thread(desc, action);
    }
}
EXPORT_SYMBOL_GPL(irq_wake_thread);

// The thread of the action and, if the driver's thread function is beside a forced handler, that one's (Linux:
// setup_irq_thread). The handler may look at a task that has ended: it stays until the action is freed.
int irq_start_threads(irqaction &action, unsigned int irq) {
    for (irqaction *part = &action; part; part = part->secondary) {
        const char *const infix = is_secondary(*part) ? "s-" : "";
        task_struct *const task = kthread_create(irq_thread, part, "irq/%d-%s%s", irq, infix, part->name);

        if (IS_ERR(task))
            return PTR_ERR(task);
        // It begins by going where the line is handled.
        part->thread_flags |= 1ul << IRQTF_AFFINITY;
        part->thread = get_task_struct(task);
    }
    return 0;
}

// A request is over only when its threads are there: an interrupt may come at once.
void irq_await_threads(irq_line line, irqaction &action) {
    each_threaded(action, [&](irqaction &part) {
        wake_up_process(part.thread);
        wait_event(line.desc()->wait_for_threads, test_bit(IRQTF_READY, &part.thread_flags));
    });
}

void irq_stop_threads(irqaction &action) {
    each_threaded(action, [](irqaction &part) {
        kthread_stop(part.thread);
        put_task_struct(part.thread);
        part.thread = nullptr;
    });
}

// threadirqs: the driver's hard handler becomes a thread function, oneshot as it was not written for being interrupted
// by its own line; a thread function that it has besides moves to an action and a thread of its own.
int irq_setup_forced_threading(irqaction *action) {
    if (!force_irqthreads() || stays_hard(*action))
        return 0;
    if (action->thread_fn) {
        auto *const own = static_cast<irqaction *>(kzalloc(sizeof(irqaction), GFP_KERNEL));

        if (!own)
            return -ENOMEM;
        *own = {.handler = irq_forced_secondary_handler,
                .dev_id = action->dev_id,
                .thread_fn = action->thread_fn,
                .irq = action->irq,
                .name = action->name};
        action->secondary = own;
    }
    action->thread_fn = action->handler;
    action->handler = irq_default_primary_handler;
    action->flags |= IRQF_ONESHOT;
    set_bit(IRQTF_FORCED_THREAD, &action->thread_flags);
    return 0;
}
