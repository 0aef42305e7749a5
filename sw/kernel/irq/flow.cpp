// SPDX-License-Identifier: Apache-2.0
// Flow handlers: in which order a line is acknowledged, masked, served and finished, by how its controller signals. All
// run in hard interrupt context with interrupts masked (handle_nested_irq: in the parent's thread).
#include "kernel/irq/internals.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/smp.h>

static bool irq_check_poll(irq_desc *desc) {
    return (desc->istate & IRQS_POLL_INPROGRESS) && irq_wait_for_poll(desc);
}

// Whether this CPU may serve the line now: no other CPU does.
static bool irq_may_run(irq_desc *desc) {
    if (likely(!irqd_has_set(&desc->irq_data, IRQD_IRQ_INPROGRESS | IRQD_WAKEUP_ARMED)))
        return true;
    return irq_check_poll(desc);
}

static bool has_no_handler(irq_desc *desc) {
    return unlikely(!desc->action || irqd_irq_disabled(&desc->irq_data));
}

void handle_nested_irq(unsigned int irq) {
    irq_desc *desc = irq_to_desc(irq);
    irqreturn_t ret = IRQ_NONE;

    might_sleep();
    raw_spin_lock_irq(&desc->lock);
    desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
    if (has_no_handler(desc)) {
        irq_remember_pending(desc);
        raw_spin_unlock_irq(&desc->lock);
        return;
    }
    kstat_incr_irqs_this_cpu(desc);
    atomic_inc(&desc->threads_active);
    raw_spin_unlock_irq(&desc->lock);

    for_each_action(desc, [&](irqaction *action) {
        trace_event2(irq_thread_entry, irq, action, action->name);
        irqreturn_t one = action->thread_fn(action->irq, action->dev_id);
        trace_event3(irq_thread_exit, irq, action, one, action->name);
        ret = static_cast<irqreturn_t>(ret | one);
    });

    if (!irq_settings_no_debug(desc))
        note_interrupt(desc, ret);
    if (atomic_dec_and_test(&desc->threads_active))
        wake_up(&desc->wait_for_threads);
}
EXPORT_SYMBOL_GPL(handle_nested_irq);

// No controller behind it that would need anything.
void handle_simple_irq(irq_desc *desc) {
    raw_spin_lock(&desc->lock);
    if (irq_may_run(desc)) {
        desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
        if (has_no_handler(desc)) {
            irq_remember_pending(desc);
        } else {
            kstat_incr_irqs_this_cpu(desc);
            handle_irq_event(desc);
        }
    } else {
        trace_event1(irq_dropped, irq_desc_get_irq(desc), "in progress");
    }
    raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_simple_irq);

// Like a simple line, but its interrupts are neither counted nor watched.
void handle_untracked_irq(irq_desc *desc) {
    raw_spin_lock(&desc->lock);
    if (!irq_may_run(desc)) {
        trace_event1(irq_dropped, irq_desc_get_irq(desc), "in progress");
        raw_spin_unlock(&desc->lock);
        return;
    }
    desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
    if (has_no_handler(desc)) {
        irq_remember_pending(desc);
        raw_spin_unlock(&desc->lock);
        return;
    }
    desc->istate &= ~IRQS_PENDING;
    irqd_set(&desc->irq_data, IRQD_IRQ_INPROGRESS);
    raw_spin_unlock(&desc->lock);

    __handle_irq_event_percpu(desc);

    raw_spin_lock(&desc->lock);
    irqd_clear(&desc->irq_data, IRQD_IRQ_INPROGRESS);
    raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_untracked_irq);

// Unmasks after a level or fasteoi interrupt, unless the line was disabled meanwhile or its thread has still to run.
static void cond_unmask_irq(irq_desc *desc) {
    if (!irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data) && !desc->threads_oneshot)
        unmask_irq(desc);
}

// Level: asserted until the device is served, so masked while the handler runs.
void handle_level_irq(irq_desc *desc) {
    raw_spin_lock(&desc->lock);
    mask_ack_irq(desc);
    if (!irq_may_run(desc)) {
        raw_spin_unlock(&desc->lock);
        return;
    }
    desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
    // Disabled or without a handler: stays masked, the level will still be there.
    if (has_no_handler(desc)) {
        irq_remember_pending(desc);
    } else {
        kstat_incr_irqs_this_cpu(desc);
        handle_irq_event(desc);
        cond_unmask_irq(desc);
    }
    raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_level_irq);

static void cond_unmask_eoi_irq(irq_desc *desc, irq_chip *chip) {
    if (!(desc->istate & IRQS_ONESHOT)) {
        chip->irq_eoi(&desc->irq_data);
        return;
    }
    // Without a thread to wait for, the oneshot line can be opened at once.
    if (!irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data) && !desc->threads_oneshot) {
        chip->irq_eoi(&desc->irq_data);
        unmask_irq(desc);
    } else if (!(chip->flags & IRQCHIP_EOI_THREADED)) {
        chip->irq_eoi(&desc->irq_data);
    }
}

// Lines with an end-of-interrupt: the controller keeps them from interrupting again until that write. `mask_first` and
// `ack` are for stacks of two chips, where the inner one has to be told as well.
template <bool mask_first, bool ack>
static inline void handle_eoi_flow(irq_desc *desc) {
    irq_chip *chip = desc->irq_data.chip;
    bool serve = true;

    raw_spin_lock(&desc->lock);
    if (mask_first)
        mask_ack_irq(desc);
    if (!irq_may_run(desc)) {
        trace_event1(irq_dropped, irq_desc_get_irq(desc), "in progress");
        serve = false;
    } else {
        desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
        if (has_no_handler(desc)) {
            irq_remember_pending(desc);
            mask_irq(desc);
            serve = false;
        }
    }
    if (!serve) {
        if (!(chip->flags & IRQCHIP_EOI_IF_HANDLED))
            chip->irq_eoi(&desc->irq_data);
        raw_spin_unlock(&desc->lock);
        return;
    }
    kstat_incr_irqs_this_cpu(desc);
    if (desc->istate & IRQS_ONESHOT)
        mask_irq(desc);
    if (ack)
        chip->irq_ack(&desc->irq_data);
    handle_irq_event(desc);
    cond_unmask_eoi_irq(desc, chip);
    raw_spin_unlock(&desc->lock);
}

// GIC lines.
void handle_fasteoi_irq(irq_desc *desc) {
    handle_eoi_flow<false, false>(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_irq);

// Stacked edges: the inner chip wants an acknowledge.
void handle_fasteoi_ack_irq(irq_desc *desc) {
    handle_eoi_flow<false, true>(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_ack_irq);

// Stacked levels: masked and acknowledged first.
void handle_fasteoi_mask_irq(irq_desc *desc) {
    handle_eoi_flow<true, false>(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_mask_irq);

// Serves an edge line until no further edge came meanwhile. The caller holds the lock and has acknowledged the first
// edge.
static void handle_edges(irq_desc *desc) {
    do {
        if (unlikely(!desc->action)) {
            mask_irq(desc);
            return;
        }
        // Another CPU masked the line when an edge came while this one was in the handler.
        if (unlikely(desc->istate & IRQS_PENDING)) {
            if (!irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data))
                unmask_irq(desc);
        }
        handle_irq_event(desc);
    } while ((desc->istate & IRQS_PENDING) && !irqd_irq_disabled(&desc->irq_data));
}

// Edge: acknowledged before the handler, so that the next edge is seen by the controller while it runs.
void handle_edge_irq(irq_desc *desc) {
    raw_spin_lock(&desc->lock);
    desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
    if (!irq_may_run(desc) || has_no_handler(desc)) {
        irq_remember_pending(desc);
        mask_ack_irq(desc);
        raw_spin_unlock(&desc->lock);
        return;
    }
    kstat_incr_irqs_this_cpu(desc);
    desc->irq_data.chip->irq_ack(&desc->irq_data);
    handle_edges(desc);
    raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL(handle_edge_irq);

// Edges behind a controller with an end-of-interrupt instead of an acknowledge.
void handle_edge_eoi_irq(irq_desc *desc) {
    irq_chip *chip = irq_desc_get_chip(desc);

    raw_spin_lock(&desc->lock);
    desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
    if (!irq_may_run(desc) || has_no_handler(desc)) {
        irq_remember_pending(desc);
    } else {
        kstat_incr_irqs_this_cpu(desc);
        do {
            if (unlikely(!desc->action))
                break;
            handle_irq_event(desc);
        } while ((desc->istate & IRQS_PENDING) && !irqd_irq_disabled(&desc->irq_data));
    }
    chip->irq_eoi(&desc->irq_data);
    raw_spin_unlock(&desc->lock);
}

// Per-CPU lines run without the lock: no other CPU can meet them.
void handle_percpu_irq(irq_desc *desc) {
    irq_chip *chip = irq_desc_get_chip(desc);

    __this_cpu_inc(*desc->kstat_irqs);
    if (chip->irq_ack)
        chip->irq_ack(&desc->irq_data);
    handle_irq_event_percpu(desc);
    if (chip->irq_eoi)
        chip->irq_eoi(&desc->irq_data);
}

void handle_percpu_devid_irq(irq_desc *desc) {
    irq_chip *chip = irq_desc_get_chip(desc);
    irqaction *action = desc->action;
    unsigned int irq = irq_desc_get_irq(desc);

    __this_cpu_inc(*desc->kstat_irqs);
    if (chip->irq_ack)
        chip->irq_ack(&desc->irq_data);
    if (likely(action)) {
        void *dev_id = raw_cpu_ptr(static_cast<char *>(action->percpu_dev_id));

        trace_event2(irq_handler_entry, irq, action, action->name);
        irqreturn_t res = action->handler(irq, dev_id);
        trace_event3(irq_handler_exit, irq, action, res, action->name);
    } else {
        unsigned int cpu = smp_processor_id();
        bool enabled = cpumask_test_cpu(cpu, desc->percpu_enabled);

        trace_event1(irq_dropped, irq, "no action");
        if (enabled)
            irq_percpu_disable(desc, cpu);
        pr_err_once("Spurious%s percpu IRQ%u on CPU%u\n", enabled ? " and unmasked" : "", irq, cpu);
    }
    if (chip->irq_eoi)
        chip->irq_eoi(&desc->irq_data);
}

// A line that nobody has set up.
void handle_bad_irq(irq_desc *desc) {
    unsigned int irq = irq_desc_get_irq(desc);

    trace_event1(irq_dropped, irq, "no flow handler");
    print_irq_desc(irq, desc);
    kstat_incr_irqs_this_cpu(desc);
    ack_bad_irq(irq);
}
EXPORT_SYMBOL_GPL(handle_bad_irq);
