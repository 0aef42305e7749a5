// SPDX-License-Identifier: Apache-2.0
// Running a line's actions in hard interrupt context, and waking their threads.
#include "kernel/fault_inject.h"
#include "kernel/irq/internals.h"

#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>

DEFINE_PER_CPU(irq_desc *, irq_desc_in_progress);

void print_irq_desc(unsigned int irq, irq_desc *desc) {
    static DEFINE_RATELIMIT_STATE(ratelimit, 5 * HZ, 5);

    if (!__ratelimit(&ratelimit))
        return;
    printk("irq %d, desc: %p, depth: %d, count: %d, unhandled: %d\n", irq, desc, desc->depth, desc->irq_count,
           desc->irqs_unhandled);
    printk("->handle_irq():  %p, %pS\n", desc->handle_irq, desc->handle_irq);
    printk("->irq_data.chip(): %p, %pS\n", desc->irq_data.chip, desc->irq_data.chip);
    printk("->action(): %p\n", desc->action);
    if (desc->action)
        printk("->action->handler(): %p, %pS\n", desc->action->handler, desc->action->handler);
}

static void warn_no_thread(unsigned int irq, irqaction *action) {
    if (test_and_set_bit(IRQTF_WARNED, &action->thread_flags))
        return;
    printk(KERN_WARNING "IRQ %d device %s returned IRQ_WAKE_THREAD but no thread function available.", irq,
           action->name);
    report_defect_at(reinterpret_cast<const void *>(action->handler),
                     "IRQ %d device %s returned IRQ_WAKE_THREAD but no thread function available.", irq, action->name);
}

// In hard interrupt context, or by irq_wake_thread with the line's lock held.
void __irq_wake_thread(irq_desc *desc, irqaction *action) {
    // The thread is gone (it died): the line is left masked if it is oneshot, as nobody would open it again.
    if (action->thread->flags & PF_EXITING)
        return;

    // It was woken before and has not started that run yet: one run serves both.
    if (test_and_set_bit(IRQTF_RUNTHREAD, &action->thread_flags))
        return;

    // No lock: this CPU has the line in progress, so the thread cannot be in irq_finalize_oneshot's critical part, and
    // no other CPU can be here. Setting the bit before the wake-up is enough for the thread to find it.
    desc->threads_oneshot |= action->thread_mask;

    // synchronize_irq waits for this to become 0, so it counts from here on and not from the thread's start.
    atomic_inc(&desc->threads_active);

    trace_event2(irq_thread_wake, irq_desc_get_irq(desc), action, action->name);
    if (!fault_delays_wakeup(action->thread))
        wake_up_process(action->thread);
}

irqreturn_t __handle_irq_event_percpu(irq_desc *desc) {
    unsigned int irq = desc->irq_data.irq;
    unsigned int retval = IRQ_NONE;

    for (irqaction *action = desc->action; action; action = action->next) {
        trace_event2(irq_handler_entry, irq, action, action->name);
        const int count = preempt_count();
        irqreturn_t res = action->handler(irq, action->dev_id);
        trace_event3(irq_handler_exit, irq, action, res, action->name);

        const void *code = reinterpret_cast<const void *>(action->handler);
        if (WARN_ONCE(!irqs_disabled() && defect_of(code), "irq %u handler %pS enabled interrupts\n", irq,
                      action->handler))
            local_irq_disable();
        if (unlikely(count != preempt_count())) {
            WARN_ONCE(defect_of(code), "irq %u handler %pS preempt leak: %08x -> %08x\n", irq, action->handler, count,
                      preempt_count());
            preempt_count_set(static_cast<u64>(count));
        }

        if (res == IRQ_WAKE_THREAD) {
            if (unlikely(!action->thread_fn))
                warn_no_thread(irq, action);
            else
                __irq_wake_thread(desc, action);
        }
        retval |= res;
    }
    return static_cast<irqreturn_t>(retval);
}

irqreturn_t handle_irq_event_percpu(irq_desc *desc) {
    irqreturn_t retval = __handle_irq_event_percpu(desc);

    if (!irq_settings_no_debug(desc))
        note_interrupt(desc, retval);
    return retval;
}

// Called with the line's lock held; drops it while the actions run.
irqreturn_t handle_irq_event(irq_desc *desc) {
    desc->istate &= ~IRQS_PENDING;
    irqd_set(&desc->irq_data, IRQD_IRQ_INPROGRESS);
    raw_spin_unlock(&desc->lock);

    irq_desc *interrupted = __this_cpu_read(irq_desc_in_progress);
    __this_cpu_write(irq_desc_in_progress, desc);
    irqreturn_t ret = handle_irq_event_percpu(desc);
    __this_cpu_write(irq_desc_in_progress, interrupted);

    raw_spin_lock(&desc->lock);
    irqd_clear(&desc->irq_data, IRQD_IRQ_INPROGRESS);
    return ret;
}
