// SPDX-License-Identifier: Apache-2.0
// Lines by which CPUs interrupt each other.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>

int __ipi_send_single(irq_desc *desc, unsigned int cpu) {
    irq_data *data = irq_desc_get_irq_data(desc);
    irq_chip *chip = irq_data_get_irq_chip(data);

    if (chip->ipi_send_single)
        chip->ipi_send_single(data, cpu);
    else
        chip->ipi_send_mask(data, cpumask_of(cpu));
    return 0;
}

int __ipi_send_mask(irq_desc *desc, const cpumask *dest) {
    irq_data *data = irq_desc_get_irq_data(desc);
    irq_chip *chip = irq_data_get_irq_chip(data);
    unsigned int cpu;

    if (chip->ipi_send_mask) {
        chip->ipi_send_mask(data, dest);
        return 0;
    }
    for_each_cpu (cpu, dest)
        __ipi_send_single(desc, cpu);
    return 0;
}

static bool can_send(irq_desc *desc) {
    if (!desc)
        return false;
    irq_chip *chip = irq_desc_get_chip(desc);
    return chip && (chip->ipi_send_single || chip->ipi_send_mask);
}

int ipi_send_single(unsigned int virq, unsigned int cpu) {
    irq_desc *desc = irq_to_desc(virq);

    if (WARN_ON_ONCE(!can_send(desc) || cpu >= nr_cpu_ids))
        return -EINVAL;
    return __ipi_send_single(desc, cpu);
}
EXPORT_SYMBOL_GPL(ipi_send_single);

int ipi_send_mask(unsigned int virq, const cpumask *dest) {
    irq_desc *desc = irq_to_desc(virq);

    if (WARN_ON_ONCE(!can_send(desc)))
        return -EINVAL;
    return __ipi_send_mask(desc, dest);
}
EXPORT_SYMBOL_GPL(ipi_send_mask);
