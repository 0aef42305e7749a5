// SPDX-License-Identifier: Apache-2.0
// What drivers do with a line between request and free: disable and enable, wait, wake-up, the controller's own state.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/processor.h>
#include <linux/sched.h>

// Waiting for handlers

// sync_chip: also wait for interrupts that the controller has accepted and no CPU has begun to handle. False if threads
// of the line are still active.
bool synchronize_hardirq_of(irq_desc *desc, bool sync_chip) {
    irq_data *irqd = irq_desc_get_irq_data(desc);
    bool inprogress;

    // Linux would wait here for ever, without a word. It is said, and the wait left out.
    if (unlikely(in_hardirq() && __this_cpu_read(irq_desc_in_progress) == desc)) {
        pr_emerg("BUG: irq %u: its handler waits for itself to end on CPU#%u\n", irqd->irq, raw_smp_processor_id());
        dump_stack();
        report_defect("BUG: irq %u: its handler waits for itself to end", irqd->irq);
        return false;
    }
    do {
        unsigned long flags;

        // Without the lock first: the handler may need it to come to an end.
        while (irqd_irq_inprogress(&desc->irq_data))
            cpu_relax();

        raw_spin_lock_irqsave(&desc->lock, flags);
        inprogress = irqd_irq_inprogress(&desc->irq_data);
        // In flight in the controller counts as in progress.
        if (!inprogress && sync_chip)
            irq_get_irqchip_state_of(irqd, IRQCHIP_STATE_ACTIVE, &inprogress);
        raw_spin_unlock_irqrestore(&desc->lock, flags);
    } while (inprogress);
    return !atomic_read(&desc->threads_active);
}

void synchronize_irq_of(irq_desc *desc) {
    if (!synchronize_hardirq_of(desc, true) && in_hardirq())
        return; // reported
    // No new thread run can begin that this caller would have to wait for: only those of handlers that have ended.
    wait_event(desc->wait_for_threads, !atomic_read(&desc->threads_active));
}

bool synchronize_hardirq(unsigned int irq) {
    irq_desc *desc = irq_to_desc(irq);

    return desc ? synchronize_hardirq_of(desc, false) : true;
}
EXPORT_SYMBOL(synchronize_hardirq);

void synchronize_irq(unsigned int irq) {
    irq_desc *desc = irq_to_desc(irq);

    if (desc)
        synchronize_irq_of(desc);
}
EXPORT_SYMBOL(synchronize_irq);

// Disable and enable

void __disable_irq(irq_desc *desc) {
    if (!desc->depth++)
        irq_disable(desc);
}

static int disable_nosync(unsigned int irq) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL, true);

    if (!desc)
        return -EINVAL;
    __disable_irq(desc.get());
    return 0;
}

void disable_irq_nosync(unsigned int irq) {
    disable_nosync(irq);
}
EXPORT_SYMBOL(disable_irq_nosync);

void disable_irq(unsigned int irq) {
    might_sleep();
    if (!disable_nosync(irq))
        synchronize_irq(irq);
}
EXPORT_SYMBOL(disable_irq);

bool disable_hardirq(unsigned int irq) {
    return disable_nosync(irq) ? false : synchronize_hardirq(irq);
}
EXPORT_SYMBOL_GPL(disable_hardirq);

void __enable_irq(irq_desc *desc) {
    if (desc->depth == 0 || (desc->depth == 1 && (desc->istate & IRQS_SUSPENDED))) {
        WARN(1, KERN_WARNING "Unbalanced enable for IRQ %d\n", irq_desc_get_irq(desc));
        return;
    }
    if (desc->depth > 1) {
        desc->depth--;
        return;
    }
    // An explicit enable is the end of IRQF_NO_AUTOEN: later probes may start the line.
    irq_settings_set(desc, IRQ_NOPROBE);
    irq_startup(desc, IRQ_RESEND, IRQ_START_FORCE);
}

void enable_irq(unsigned int irq) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL, true);

    if (!desc)
        return;
    if (WARN(!desc->irq_data.chip, KERN_ERR "enable_irq before setup/request_irq: irq %u\n", irq))
        return;
    __enable_irq(desc.get());
}
EXPORT_SYMBOL(enable_irq);

// Wake-up sources

static int set_irq_wake_real(irq_desc *desc, unsigned int on) {
    if (irq_desc_get_chip(desc)->flags & IRQCHIP_SKIP_SET_WAKE)
        return 0;
    if (desc->irq_data.chip->irq_set_wake)
        return desc->irq_data.chip->irq_set_wake(&desc->irq_data, on);
    return -ENXIO;
}

int irq_set_irq_wake(unsigned int irq, unsigned int on) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL, true);

    if (!desc)
        return -EINVAL;
    int ret = 0;
    if (on) {
        if (desc->wake_depth++ == 0) {
            ret = set_irq_wake_real(desc.get(), on);
            if (ret)
                desc->wake_depth = 0;
            else
                irqd_set(&desc->irq_data, IRQD_WAKEUP_STATE);
        }
    } else if (desc->wake_depth == 0) {
        WARN(1, "Unbalanced IRQ %d wake disable\n", irq);
    } else if (--desc->wake_depth == 0) {
        ret = set_irq_wake_real(desc.get(), on);
        if (ret)
            desc->wake_depth = 1;
        else
            irqd_clear(&desc->irq_data, IRQD_WAKEUP_STATE);
    }
    return ret;
}
EXPORT_SYMBOL(irq_set_irq_wake);

int irq_set_parent(int irq, int parent_irq) {
    desc_lock desc(irq);

    if (!desc)
        return -EINVAL;
    desc->parent_irq = parent_irq;
    return 0;
}
EXPORT_SYMBOL_GPL(irq_set_parent);

// Trigger type. The line's lock is held.

int __irq_set_trigger(irq_desc *desc, unsigned long flags) {
    irq_chip *chip = desc->irq_data.chip;
    bool unmask = false;
    int ret;

    // A controller with one fixed type for its lines.
    if (!chip || !chip->irq_set_type) {
        pr_debug("No set_type function for IRQ %d (%s)\n", irq_desc_get_irq(desc), chip ? chip->name : "unknown");
        return 0;
    }
    if (chip->flags & IRQCHIP_SET_TYPE_MASKED) {
        if (!irqd_irq_masked(&desc->irq_data))
            mask_irq(desc);
        unmask = !irqd_irq_disabled(&desc->irq_data);
    }
    flags &= IRQ_TYPE_SENSE_MASK;
    ret = chip->irq_set_type(&desc->irq_data, flags);
    switch (ret) {
    case IRQ_SET_MASK_OK:
    case IRQ_SET_MASK_OK_DONE:
        irqd_clear(&desc->irq_data, IRQD_TRIGGER_MASK);
        irqd_set(&desc->irq_data, flags);
        fallthrough;
    case IRQ_SET_MASK_OK_NOCOPY:
        flags = irqd_get_trigger_type(&desc->irq_data);
        irq_settings_set_trigger_mask(desc, flags);
        irqd_clear(&desc->irq_data, IRQD_LEVEL);
        irq_settings_clr(desc, IRQ_LEVEL);
        if (flags & IRQ_TYPE_LEVEL_MASK) {
            irq_settings_set(desc, IRQ_LEVEL);
            irqd_set(&desc->irq_data, IRQD_LEVEL);
        }
        ret = 0;
        break;
    default:
        pr_err("genirq: Setting trigger mode %lu for irq %u failed (%pS)\n", flags, irq_desc_get_irq(desc),
               chip->irq_set_type);
    }
    if (unmask)
        unmask_irq(desc);
    return ret;
}

// State in the controller

int irq_get_irqchip_state_of(irq_data *data, irqchip_irq_state which, bool *state) {
    for (; data; data = data->parent_data) {
        if (WARN_ON_ONCE(!data->chip))
            return -ENODEV;
        if (data->chip->irq_get_irqchip_state)
            return data->chip->irq_get_irqchip_state(data, which, state);
    }
    return -EINVAL;
}

int irq_get_irqchip_state(unsigned int irq, irqchip_irq_state which, bool *state) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_ANY, true);

    return desc ? irq_get_irqchip_state_of(irq_desc_get_irq_data(desc.get()), which, state) : -EINVAL;
}
EXPORT_SYMBOL_GPL(irq_get_irqchip_state);

int irq_set_irqchip_state(unsigned int irq, irqchip_irq_state which, bool val) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_ANY, true);

    if (!desc)
        return -EINVAL;
    for (irq_data *data = irq_desc_get_irq_data(desc.get()); data; data = data->parent_data) {
        if (WARN_ON_ONCE(!data->chip))
            return -ENODEV;
        if (data->chip->irq_set_irqchip_state)
            return data->chip->irq_set_irqchip_state(data, which, val);
    }
    return -EINVAL;
}
EXPORT_SYMBOL_GPL(irq_set_irqchip_state);
