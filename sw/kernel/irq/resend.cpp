// SPDX-License-Identifier: Apache-2.0
// Delivering again what came while a line was disabled: by the controller if it can, else in a tasklet.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/list.h>

static HLIST_HEAD(irq_resend_list);
static DEFINE_RAW_SPINLOCK(irq_resend_lock);

// Runs the flow handlers of resent lines, interrupts masked as they expect.
static void resend_irqs(tasklet_struct *) {
    raw_spin_lock_irq(&irq_resend_lock);
    while (!hlist_empty(&irq_resend_list)) {
        irq_desc *desc = hlist_entry(irq_resend_list.first, irq_desc, resend_node);

        hlist_del_init(&desc->resend_node);
        raw_spin_unlock(&irq_resend_lock);
        desc->handle_irq(desc);
        raw_spin_lock(&irq_resend_lock);
    }
    raw_spin_unlock_irq(&irq_resend_lock);
}

static DECLARE_TASKLET(resend_tasklet, resend_irqs);

// Only lines that may be handled outside of their controller's interrupt can be resent by software; a nested line has
// no flow handler of its own, its parent is resent instead.
static int irq_sw_resend(irq_desc *desc) {
    if (irqd_is_handle_enforce_irqctx(&desc->irq_data))
        return -EINVAL;
    if (irq_settings_is_nested_thread(desc)) {
        if (!desc->parent_irq)
            return -EINVAL;
        desc = irq_to_desc(desc->parent_irq);
        if (!desc)
            return -EINVAL;
    }
    raw_spin_lock(&irq_resend_lock);
    if (hlist_unhashed(&desc->resend_node))
        hlist_add_head(&desc->resend_node, &irq_resend_list);
    raw_spin_unlock(&irq_resend_lock);
    tasklet_schedule(&resend_tasklet);
    return 0;
}

void clear_irq_resend(irq_desc *desc) {
    unsigned long flags;

    raw_spin_lock_irqsave(&irq_resend_lock, flags);
    hlist_del_init(&desc->resend_node);
    raw_spin_unlock_irqrestore(&irq_resend_lock, flags);
}

void irq_resend_init(irq_desc *desc) {
    INIT_HLIST_NODE(&desc->resend_node);
}

static int try_retrigger(irq_desc *desc) {
    if (desc->irq_data.chip->irq_retrigger)
        return desc->irq_data.chip->irq_retrigger(&desc->irq_data);
    return irq_chip_retrigger_hierarchy(&desc->irq_data);
}

// The line's lock is held. Levels are not resent: the device still asserts them. inject: even if none came (debugging).
int check_irq_resend(irq_desc *desc, bool inject) {
    int err = 0;

    if (irq_settings_is_level(desc)) {
        desc->istate &= ~IRQS_PENDING;
        return -EINVAL;
    }
    if (desc->istate & IRQS_REPLAY)
        return -EBUSY;
    if (!(desc->istate & IRQS_PENDING) && !inject)
        return 0;
    desc->istate &= ~IRQS_PENDING;
    if (!try_retrigger(desc))
        err = irq_sw_resend(desc);
    if (!err)
        desc->istate |= IRQS_REPLAY;
    else
        trace_event1(irq_dropped, irq_desc_get_irq(desc), "cannot be resent");
    return err;
}

int irq_inject_interrupt(unsigned int irq) {
    if (!irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true))
        return 0;
    // The controller cannot: as a resend. A line that is not activated has nobody to take it.
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_ANY, true);

    if (!desc || !irqd_is_activated(&desc->irq_data))
        return -EINVAL;
    return check_irq_resend(desc.get(), true);
}
EXPORT_SYMBOL_GPL(irq_inject_interrupt);
