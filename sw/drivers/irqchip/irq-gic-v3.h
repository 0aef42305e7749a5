// SPDX-License-Identifier: Apache-2.0
// The GICv3 driver's own state, for it and for the drivers of its parts (message based interrupts, ITS).
#ifndef DRIVERS_IRQCHIP_IRQ_GIC_V3_H
#define DRIVERS_IRQCHIP_IRQ_GIC_V3_H

#include "drivers/irqchip/irq-gic-common.h"

#include <linux/irq.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/irqdomain.h>
#include <linux/types.h>

// One redistributor: its RD_base frame, the SGI_base frame one page above, and the physical address.
struct gic_rdist {
    void __iomem *rd_base;
    phys_addr_t phys_base;
    void *pend_page; // pending bits of its LPIs
    u32 number;      // GICR_TYPER.Processor_Number, by which an ITS may name it
};

struct redist_region {
    void __iomem *redist_base;
    phys_addr_t phys_base;
    u64 size;
};

struct gic_chip_data {
    fwnode_handle *fwnode;
    void __iomem *dist_base;
    redist_region *redist_regions;
    u32 nr_redist_regions;
    u64 redist_stride;
    gic_rdist __percpu *rdist;
    irq_domain *domain;
    u32 gicd_typer;
    unsigned int nr_spis; // 32..nr_spis + 31
    unsigned int nr_ppis;
    bool has_rss;
    bool split_eoi; // EOImode 1: priority drop and deactivation are two writes
};

extern gic_chip_data gic_data;

// First cell of a specifier: the second is an SPI's number, from 0. With GIC_IRQ_TYPE_LPI it is the INTID of an LPI.
constexpr u32 gic_irq_type_spi = 0;

// A line of a domain whose parent is the GIC gets its interrupt there: a message is an edge, which needs no second one
// to end it. `kind` and `number` are a specifier's first two cells. 0 or an errno (Linux: its_irq_gic_domain_alloc,
// mbi_irq_gic_domain_alloc).
inline int gic_alloc_message_irq(irq_domain *domain, unsigned int virq, u32 kind, u32 number) {
    irq_fwspec edge = {domain->parent->fwnode, 3, {kind, number, IRQ_TYPE_EDGE_RISING}};

    return irq_domain_alloc_irqs_parent(domain, virq, 1, &edge);
}

// The level between the GIC and the domains whose lines are messages, for a controller's node. Null without memory.
inline irq_domain *gic_nexus(irq_domain *gic, fwnode_handle *node, const irq_domain_ops *ops, void *data) {
    irq_domain *nexus = irq_domain_create_hierarchy(gic, 0, 0, node, ops, data);

    if (nexus)
        irq_domain_update_bus_token(nexus, DOMAIN_BUS_NEXUS);
    return nexus;
}

// irq-gic-v3-its.cpp. Finds the ITSs below the GIC's node; 0, or why there are no LPIs. At boot, interrupts masked.
int its_init(fwnode_handle *handle, irq_domain *parent);

#endif
