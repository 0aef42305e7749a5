// SPDX-License-Identifier: Apache-2.0
// Registers of a GIC that have a bit or a field for each interrupt.
#define pr_fmt(fmt) "GICv3: " fmt

#include "drivers/irqchip/irq-gic-common.h"

#include <linux/delay.h>
#include <linux/printk.h>
#include <linux/processor.h>

bool gic_wait_clear(void __iomem *reg, u32 bits) {
    for (unsigned int us_left = 1000000; readl_relaxed(reg) & bits; us_left--) {
        if (!us_left)
            return false;
        cpu_relax();
        udelay(1);
    }
    return true;
}

void gic_frame::settle() const {
    if (!gic_wait_clear(control_, write_pending_))
        pr_err_ratelimited("RWP timeout, gone fishing\n");
}

void gic_frame::fill(u32 fields, unsigned int width, unsigned int first, unsigned int end, u32 word) const {
    for (unsigned int bit = first * width; bit < end * width; bit += 32)
        write(word, fields + bit / 8);
}

gic_place gic_extended_place(u32 reg, unsigned long intid) {
    constexpr struct {
        u32 reg, of_extended_spis;
    } registers[] = {
        {GICD_ISENABLER, GICD_ISENABLERnE}, {GICD_ICENABLER, GICD_ICENABLERnE}, {GICD_ISPENDR, GICD_ISPENDRnE},
        {GICD_ICPENDR, GICD_ICPENDRnE},     {GICD_ISACTIVER, GICD_ISACTIVERnE}, {GICD_ICACTIVER, GICD_ICACTIVERnE},
        {GICD_ICFGR, GICD_ICFGRnE},         {GICD_IROUTER, GICD_IROUTERnE},
    };

    if (intid < ESPI_BASE_INTID)
        return {reg, static_cast<unsigned int>(intid - EPPI_BASE_INTID + gic_first_spi)};
    for (const auto &r : registers)
        if (r.reg == reg)
            reg = r.of_extended_spis;
    return {reg, static_cast<unsigned int>(intid - ESPI_BASE_INTID)};
}

// Two bits an INTID, of which the upper one says edge.
bool gic_frame::set_edge(unsigned long intid, bool edge) const {
    const gic_place at = gic_place_of(GICD_ICFGR, intid);
    const u32 reg = at.reg + at.index / 16 * 4;
    const u32 bit = 2u << at.index % 16 * 2;
    const u32 was = read(reg);
    const u32 wanted = edge ? was | bit : was & ~bit;

    if (wanted == was)
        return true;
    write(wanted, reg);
    if (read(reg) != wanted)
        return false;
    settle();
    return true;
}
