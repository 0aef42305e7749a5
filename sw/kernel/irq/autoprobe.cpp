// SPDX-License-Identifier: Apache-2.0
// Finding a device's line by making it interrupt (probe_irq_on, probe_irq_off).
#include "kernel/irq/internals.h"

#include <linux/delay.h>
#include <linux/export.h>

// From on to off nobody else may probe.
static DEFINE_MUTEX(probing_active);

static bool can_be_probed(irq_desc *desc) {
    return !desc->action && irq_settings_can_probe(desc);
}

unsigned long probe_irq_on(void) {
    unsigned long mask = 0;
    irq_desc *desc;
    unsigned int i;

    mutex_lock(&probing_active);

    // Lines that are asserted anyway are found first: whatever fires within 20 ms is not the device's.
    for_each_irq_desc (i, desc) {
        raw_spin_lock_irq(&desc->lock);
        if (can_be_probed(desc)) {
            if (desc->irq_data.chip->irq_set_type)
                desc->irq_data.chip->irq_set_type(&desc->irq_data, IRQ_TYPE_PROBE);
            irq_activate_and_startup(desc, IRQ_NORESEND);
        }
        raw_spin_unlock_irq(&desc->lock);
    }
    msleep(20);

    // A second time, as level lines that fired were masked.
    for_each_irq_desc (i, desc) {
        raw_spin_lock_irq(&desc->lock);
        if (can_be_probed(desc)) {
            desc->istate |= IRQS_AUTODETECT | IRQS_WAITING;
            if (irq_activate_and_startup(desc, IRQ_NORESEND))
                desc->istate |= IRQS_PENDING;
        }
        raw_spin_unlock_irq(&desc->lock);
    }
    msleep(100);

    for_each_irq_desc (i, desc) {
        raw_spin_lock_irq(&desc->lock);
        if (desc->istate & IRQS_AUTODETECT) {
            if (!(desc->istate & IRQS_WAITING)) {
                desc->istate &= ~IRQS_AUTODETECT;
                irq_shutdown_and_deactivate(desc);
            } else if (i < 32) {
                mask |= 1u << i;
            }
        }
        raw_spin_unlock_irq(&desc->lock);
    }
    return mask;
}
EXPORT_SYMBOL(probe_irq_on);

// Ends a probe: `fired` is called for each line that interrupted.
template <typename F>
static void end_probe(F fired) {
    irq_desc *desc;
    unsigned int i;

    for_each_irq_desc (i, desc) {
        raw_spin_lock_irq(&desc->lock);
        if (desc->istate & IRQS_AUTODETECT) {
            if (!(desc->istate & IRQS_WAITING))
                fired(i);
            desc->istate &= ~IRQS_AUTODETECT;
            irq_shutdown_and_deactivate(desc);
        }
        raw_spin_unlock_irq(&desc->lock);
    }
    mutex_unlock(&probing_active);
}

unsigned int probe_irq_mask(unsigned long val) {
    unsigned int mask = 0;

    end_probe([&](unsigned int irq) {
        if (irq < 16)
            mask |= 1u << irq;
    });
    return mask & val;
}
EXPORT_SYMBOL(probe_irq_mask);

int probe_irq_off(unsigned long) {
    int found = 0;
    int count = 0;

    end_probe([&](unsigned int irq) {
        if (!count)
            found = irq;
        count++;
    });
    return count > 1 ? -found : found;
}
EXPORT_SYMBOL(probe_irq_off);
