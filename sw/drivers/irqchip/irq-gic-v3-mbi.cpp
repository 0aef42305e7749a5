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

#include "lib/guard.h"

namespace {

DEFINE_MUTEX(mbi_lock); // which SPIs are taken

// SPIs without a wire. They are taken in rows of a power of two.
struct mbi_range {
    u32 spi_start, nr_spis;
    unsigned long *taken;

    // The first of the row; below 0: there is none.
    int take(int order) {
        hold l(mbi_lock);
        const int offset = bitmap_find_free_region(taken, nr_spis, order);
        return offset < 0 ? offset : static_cast<int>(spi_start) + offset;
    }
    void give_back(u32 first, int order) {
        hold l(mbi_lock);
        bitmap_release_region(taken, first - spi_start, order);
    }
};

mbi_range *mbi_ranges;
unsigned int mbi_range_nr;
phys_addr_t mbi_phys_base;

irq_chip mbi_irq_chip = {
    .name = "MBI",
    .irq_mask = irq_chip_mask_parent,
    .irq_unmask = irq_chip_unmask_parent,
    .irq_eoi = irq_chip_eoi_parent,
    .irq_set_affinity = irq_chip_set_affinity_parent,
    .irq_set_type = irq_chip_set_type_parent,
};

// SPIs in a row, from the first range that has room; they are free again unless they are kept.
class spi_row {
public:
    explicit spi_row(int order)
        : order_(order) {
        for (range_ = mbi_ranges; range_ != mbi_ranges + mbi_range_nr; range_++)
            if ((first_ = range_->take(order)) >= 0)
                return;
    }
    // Those of lines that are freed.
    explicit spi_row(const irq_data &line, int order)
        : range_(static_cast<mbi_range *>(line.chip_data))
        , first_(static_cast<int>(line.hwirq))
        , order_(order) {}
    ~spi_row() {
        if (first_ >= 0)
            range_->give_back(static_cast<u32>(first_), order_);
    }
    spi_row(const spi_row &) = delete;
    spi_row &operator=(const spi_row &) = delete;

    explicit operator bool() const { return first_ >= 0; }
    u32 operator[](unsigned int i) const { return static_cast<u32>(first_) + i; }
    mbi_range *range() const { return range_; }
    void keep() { first_ = -1; }

private:
    mbi_range *range_;
    int first_ = -1;
    int order_;
};

// The GIC's lines below: as many as were made, unless all are.
int alloc_parents(irq_domain *domain, unsigned int virq, unsigned int count, const spi_row &spis) {
    for (unsigned int i = 0; i < count; i++) {
        const int error = gic_alloc_message_irq(domain, virq + i, gic_irq_type_spi, spis[i] - gic_first_spi);
        irq_data *below = irq_domain_get_irq_data(domain->parent, virq + i);
        const int refused = error ? error : below->chip->irq_set_type(below, IRQ_TYPE_EDGE_RISING);

        if (refused) {
            irq_domain_free_irqs_parent(domain, virq, i + !error);
            return refused;
        }
    }
    return 0;
}

int mbi_irq_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *) {
    spi_row spis(get_count_order(nr_irqs));

    if (!spis)
        return -ENOSPC;
    if (const int refused = alloc_parents(domain, virq, nr_irqs, spis))
        return refused;
    for (unsigned int i = 0; i < nr_irqs; i++)
        irq_domain_set_hwirq_and_chip(domain, virq + i, spis[i], &mbi_irq_chip, spis.range());
    spis.keep();
    return 0;
}

void mbi_irq_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    spi_row end_of(*irq_domain_get_irq_data(domain, virq), get_count_order(nr_irqs));

    irq_domain_free_irqs_parent(domain, virq, nr_irqs);
}

const irq_domain_ops mbi_domain_ops = {.alloc = mbi_irq_domain_alloc, .free = mbi_irq_domain_free};

// The distributor takes a line's INTID at one register, and at another the end of a level.
msi_msg message_to(phys_addr_t reg, u32 intid) {
    msi_msg message = {};

    message.address_lo = mbi_phys_base + reg;
    message.address_hi = (mbi_phys_base + reg) >> 32;
    message.data = intid;
    return message;
}

void mbi_compose_mbi_msg(irq_data *data, msi_msg *msg) {
    msg[0] = message_to(GICD_SETSPI_NSR, data->parent_data->hwirq);
    msg[1] = message_to(GICD_CLRSPI_NSR, data->parent_data->hwirq);
}

irq_chip mbi_pmsi_irq_chip = {.name = "pMSI",
                              .irq_set_type = irq_chip_set_type_parent,
                              .irq_compose_msi_msg = mbi_compose_mbi_msg,
                              .flags = IRQCHIP_SUPPORTS_LEVEL_MSI};
msi_domain_ops mbi_pmsi_ops;
msi_domain_info mbi_pmsi_domain_info = {
    .flags = MSI_FLAG_USE_DEF_DOM_OPS | MSI_FLAG_USE_DEF_CHIP_OPS | MSI_FLAG_LEVEL_CAPABLE,
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
        range.taken = bitmap_zalloc(range.nr_spis, GFP_KERNEL);
        if (!range.taken)
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
    irq_domain *nexus = gic_nexus(parent, handle, &mbi_domain_ops, nullptr);
    if (!nexus)
        return -ENOMEM;
    if (!platform_msi_create_irq_domain(handle, &mbi_pmsi_domain_info, nexus)) {
        irq_domain_remove(nexus);
        return -ENOMEM;
    }
    return 0;
}
