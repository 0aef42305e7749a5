// SPDX-License-Identifier: Apache-2.0
// Message-based SPIs: a device writes an SPI's number to the distributor's (or its alias page's) GICD_SETSPI_NSR. The
// device tree says which SPIs have no wire (mbi-ranges: first INTID and number) and where the alias page is.
#define pr_fmt(fmt) "GICv3: " fmt

#include "drivers/irqchip/irq-gic-v3.h"

#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/kernel.h>
#include <linux/msi.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/slab.h>

namespace {

struct mbi_range {
    u32 spi_start, nr_spis;
    unsigned long *bm;
};

mbi_range *mbi_ranges;
unsigned int mbi_range_nr;
phys_addr_t mbi_phys_base;
DEFINE_MUTEX(mbi_lock); // the ranges' bitmaps

irq_chip mbi_irq_chip = {
    .name = "MBI",
    .irq_mask = irq_chip_mask_parent,
    .irq_unmask = irq_chip_unmask_parent,
    .irq_eoi = irq_chip_eoi_parent,
    .irq_set_affinity = irq_chip_set_affinity_parent,
};

int mbi_gic_domain_alloc(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq) {
    // An edge, which needs no second message to end it.
    irq_fwspec fwspec = {};

    fwspec.fwnode = domain->parent->fwnode;
    fwspec.param_count = 3;
    fwspec.param[0] = 0;
    fwspec.param[1] = hwirq - 32;
    fwspec.param[2] = IRQ_TYPE_EDGE_RISING;
    int err = irq_domain_alloc_irqs_parent(domain, virq, 1, &fwspec);
    if (err)
        return err;
    irq_data *d = irq_domain_get_irq_data(domain->parent, virq);
    return d->chip->irq_set_type(d, IRQ_TYPE_EDGE_RISING);
}

void mbi_free(mbi_range *range, unsigned int hwirq, unsigned int nr_irqs) {
    mutex_lock(&mbi_lock);
    bitmap_release_region(range->bm, hwirq - range->spi_start, get_count_order(nr_irqs));
    mutex_unlock(&mbi_lock);
}

mbi_range *mbi_find(unsigned int nr_irqs, irq_hw_number_t *hwirq) {
    mbi_range *found = nullptr;

    mutex_lock(&mbi_lock);
    for (unsigned int i = 0; i < mbi_range_nr && !found; i++) {
        int offset = bitmap_find_free_region(mbi_ranges[i].bm, mbi_ranges[i].nr_spis, get_count_order(nr_irqs));
        if (offset < 0)
            continue;
        found = &mbi_ranges[i];
        *hwirq = found->spi_start + offset;
    }
    mutex_unlock(&mbi_lock);
    return found;
}

int mbi_irq_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *) {
    irq_hw_number_t hwirq = 0;
    mbi_range *range = mbi_find(nr_irqs, &hwirq);

    if (!range)
        return -ENOSPC;
    for (unsigned int i = 0; i < nr_irqs; i++) {
        int err = mbi_gic_domain_alloc(domain, virq + i, hwirq + i);
        if (err) {
            irq_domain_free_irqs_parent(domain, virq, i);
            mbi_free(range, hwirq, nr_irqs);
            return err;
        }
        irq_domain_set_hwirq_and_chip(domain, virq + i, hwirq + i, &mbi_irq_chip, range);
    }
    return 0;
}

void mbi_irq_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    irq_data *d = irq_domain_get_irq_data(domain, virq);

    mbi_free(static_cast<mbi_range *>(d->chip_data), d->hwirq, nr_irqs);
    irq_domain_free_irqs_parent(domain, virq, nr_irqs);
}

const irq_domain_ops mbi_domain_ops = {.alloc = mbi_irq_domain_alloc, .free = mbi_irq_domain_free};

void mbi_compose_msi_msg(irq_data *data, msi_msg *msg) {
    phys_addr_t address = mbi_phys_base + GICD_SETSPI_NSR;

    msg->address_hi = address >> 32;
    msg->address_lo = address;
    msg->data = data->parent_data->hwirq;
}

irq_chip mbi_pmsi_irq_chip = {.name = "pMSI", .irq_compose_msi_msg = mbi_compose_msi_msg};
msi_domain_ops mbi_pmsi_ops;
msi_domain_info mbi_pmsi_domain_info = {
    .flags = MSI_FLAG_USE_DEF_DOM_OPS | MSI_FLAG_USE_DEF_CHIP_OPS,
    .ops = &mbi_pmsi_ops,
    .chip = &mbi_pmsi_irq_chip,
};

int read_ranges(device_node *np) {
    int cells = of_property_count_elems_of_size(np, "mbi-ranges", sizeof(u32));

    if (cells <= 0 || cells % 2)
        return -EINVAL;
    mbi_ranges = static_cast<mbi_range *>(kcalloc(cells / 2, sizeof(mbi_range), GFP_KERNEL));
    if (!mbi_ranges)
        return -ENOMEM;
    for (int n = 0; n < cells / 2; n++) {
        mbi_range &range = mbi_ranges[n];

        of_property_read_u32_index(np, "mbi-ranges", 2 * n, &range.spi_start);
        of_property_read_u32_index(np, "mbi-ranges", 2 * n + 1, &range.nr_spis);
        range.bm = bitmap_zalloc(range.nr_spis, GFP_KERNEL);
        if (!range.bm)
            return -ENOMEM;
        mbi_range_nr = n + 1;
        pr_info("MBI range [%d:%d]\n", range.spi_start, range.spi_start + range.nr_spis - 1);
    }
    return 0;
}

// The page that devices write: the alias, which a system can let them reach without the rest of the distributor.
int find_frame(device_node *np) {
    const __be32 *alias = static_cast<const __be32 *>(of_get_property(np, "mbi-alias", nullptr));
    resource res;

    if (alias)
        mbi_phys_base = of_translate_address(np, alias);
    if (alias && mbi_phys_base != ~0ull)
        return 0;
    if (of_address_to_resource(np, 0, &res))
        return -ENXIO;
    mbi_phys_base = res.start;
    return 0;
}

} // namespace

int mbi_init(fwnode_handle *handle, irq_domain *parent) {
    device_node *np = to_of_node(handle);

    if (!of_property_read_bool(np, "msi-controller") || !of_property_read_bool(np, "mbi-ranges"))
        return -ENODEV;
    int ret = read_ranges(np);
    if (!ret)
        ret = find_frame(np);
    if (ret) {
        pr_err("%pOF: mbi-ranges or reg unusable: %d\n", np, ret);
        mbi_range_nr = 0;
        return ret;
    }
    pr_info("Using MBI frame %pa\n", &mbi_phys_base);
    irq_domain *nexus = irq_domain_create_hierarchy(parent, 0, 0, handle, &mbi_domain_ops, nullptr);
    if (!nexus)
        return -ENOMEM;
    irq_domain_update_bus_token(nexus, DOMAIN_BUS_NEXUS);
    if (!platform_msi_create_irq_domain(handle, &mbi_pmsi_domain_info, nexus)) {
        irq_domain_remove(nexus);
        return -ENOMEM;
    }
    return 0;
}
