// SPDX-License-Identifier: Apache-2.0
// The GICv3 driver's own state, for it and for the drivers of its parts (message based interrupts, ITS).
#ifndef DRIVERS_IRQCHIP_IRQ_GIC_V3_H
#define DRIVERS_IRQCHIP_IRQ_GIC_V3_H

#include <linux/irqdomain.h>
#include <linux/types.h>

// One redistributor: its RD_base frame, the SGI_base frame one page above, and the physical address.
struct gic_rdist {
    void __iomem *rd_base;
    phys_addr_t phys_base;
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

#endif
