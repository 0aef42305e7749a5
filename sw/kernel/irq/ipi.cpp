// SPDX-License-Identifier: Apache-2.0
// Lines by which CPUs interrupt each other.
#include "kernel/irq/internals.h"

#include <linux/export.h>

#include "lib/ranges.h"

// A line reaches all its CPUs, or, in a domain with IRQ_DOMAIN_FLAG_IPI_PER_CPU, is one of several with consecutive
// numbers, of which each reaches one CPU; the first of them that of ipi_offset.
static irq_data *towards(irq_data *data, unsigned int cpu) {
    const bool one_each = data->domain && irq_domain_is_ipi_per_cpu(data->domain);

    return one_each ? irq_get_irq_data(data->irq + cpu - data->common->ipi_offset) : data;
}

// A chip has a callback for one CPU, for several, or both; each stands in for the other.

int __ipi_send_single(irq_desc *desc, unsigned int cpu) {
    const irq_line line(desc);

    if (const auto to_one = line.chip()->ipi_send_single)
        to_one(towards(line.data(), cpu), cpu);
    else
        line.chip()->ipi_send_mask(line.data(), cpumask_of(cpu));
    return 0;
}

int __ipi_send_mask(irq_desc *desc, const cpumask *dest) {
    const irq_line line(desc);

    if (const auto to_all = line.chip()->ipi_send_mask)
        to_all(line.data(), dest);
    else
        for (unsigned int cpu : bits_of(*dest))
            line.chip()->ipi_send_single(towards(line.data(), cpu), cpu);
    return 0;
}

// The line of this number, if its chip can send; null, with a warning, if it is none or if the caller is wrong
// otherwise.
static irq_desc *sender(unsigned int virq, bool sound) {
    irq_desc *const desc = irq_to_desc(virq);
    const irq_chip *const chip = desc ? desc->irq_data.chip : nullptr;
    const bool able = chip && (chip->ipi_send_mask || chip->ipi_send_single);

    return WARN_ON_ONCE(!able || !sound) ? nullptr : desc;
}

int ipi_send_single(unsigned int virq, unsigned int cpu) {
    irq_desc *const desc = sender(virq, cpu < nr_cpu_ids);

    return desc ? __ipi_send_single(desc, cpu) : -EINVAL;
}
EXPORT_SYMBOL_GPL(ipi_send_single);

int ipi_send_mask(unsigned int virq, const cpumask *dest) {
    irq_desc *const desc = sender(virq, true);

    return desc ? __ipi_send_mask(desc, dest) : -EINVAL;
}
EXPORT_SYMBOL_GPL(ipi_send_mask);
