// SPDX-License-Identifier: Apache-2.0
// Lines of a CPU that goes down (Linux: kernel/irq/cpuhotplug.c).
#include "kernel/irq/internals.h"

#include <linux/irqnr.h>
#include <linux/kernel.h>
#include <linux/smp.h>

// Is it routed to this CPU, which is no longer among those online?
static bool needs_fixup(irq_data *data) {
    const unsigned int cpu = smp_processor_id();
    const cpumask *mask = irq_data_get_effective_affinity_mask(data);

    // A chip that does not say where its lines go may send them anywhere that the affinity allows.
    if (cpumask_empty(mask))
        mask = irq_data_get_affinity_mask(data);
    return cpumask_test_cpu(cpu, mask);
}

// True if the line lost the last of its CPUs and goes to others now. The line is locked.
static bool migrate_one_irq(irq_desc *desc) {
    irq_data *data = irq_desc_get_irq_data(desc);
    irq_chip *chip = irq_data_get_irq_chip(data);
    const cpumask *affinity = irq_data_get_affinity_mask(data);
    bool broken = false;

    if (!chip || !chip->irq_set_affinity)
        return false;
    if (irqd_is_per_cpu(data) || !irqd_is_started(data) || !needs_fixup(data))
        return false;

    const bool mask = chip->irq_mask && !irqd_irq_masked(data);
    if (mask)
        chip->irq_mask(data);
    if (!cpumask_intersects(affinity, cpu_online_mask)) {
        if (irqd_affinity_is_managed(data)) {
            irqd_set(data, IRQD_MANAGED_SHUTDOWN);
            irq_shutdown_and_deactivate(desc);
            return false;
        }
        affinity = cpu_online_mask;
        broken = true;
    }
    const int err = irq_do_set_affinity(data, affinity, false);
    if (err) {
        pr_warn_ratelimited("IRQ%u: set affinity failed(%d).\n", data->irq, err);
        broken = false;
    }
    if (mask)
        chip->irq_unmask(data);
    return broken;
}

void irq_migrate_all_off_this_cpu(void) {
    unsigned int irq;

    for_each_active_irq(irq) {
        irq_desc *desc = irq_to_desc(irq);

        raw_spin_lock(&desc->lock);
        const bool broken = migrate_one_irq(desc);
        raw_spin_unlock(&desc->lock);
        if (broken)
            pr_debug("IRQ %u: no longer affine to CPU%u\n", irq, smp_processor_id());
    }
}

// In cpuhp/N of a CPU that comes up: lines that were shut down for lack of it work again.
int irq_affinity_online_cpu(unsigned int cpu) {
    unsigned int irq;

    for_each_active_irq(irq) {
        desc_lock desc(irq);

        if (!desc || !desc->action || !irqd_affinity_is_managed(&desc->irq_data) ||
            !irqd_has_set(&desc->irq_data, IRQD_MANAGED_SHUTDOWN) ||
            !cpumask_test_cpu(cpu, irq_data_get_affinity_mask(&desc->irq_data)))
            continue;
        irqd_clear(&desc->irq_data, IRQD_MANAGED_SHUTDOWN);
        irq_startup(desc.get(), true, false);
    }
    return 0;
}
