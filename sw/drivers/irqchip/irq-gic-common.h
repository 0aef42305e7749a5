// SPDX-License-Identifier: Apache-2.0
// Registers of a GIC that have a bit or a field for each interrupt.
#ifndef DRIVERS_IRQCHIP_IRQ_GIC_COMMON_H
#define DRIVERS_IRQCHIP_IRQ_GIC_COMMON_H

#include <linux/io.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/types.h>

constexpr unsigned int gic_first_ppi = 16;
constexpr unsigned int gic_first_spi = 32;
constexpr unsigned int gic_first_special = 1020; // 1020..1023: no interrupt
constexpr unsigned int gic_first_lpi = 8192;
constexpr unsigned long gicr_sgi_offset = 0x10000; // of SGI_base behind RD_base

// Where an INTID's bit or field is among those of a register. Extended PPIs follow the PPIs; extended SPIs have
// registers of their own.
struct gic_place {
    u32 reg;
    unsigned int index;
};
gic_place gic_extended_place(u32 reg, unsigned long intid);
inline gic_place gic_place_of(u32 reg, unsigned long intid) {
    return intid < gic_first_special ? gic_place{reg, static_cast<unsigned int>(intid)}
                                     : gic_extended_place(reg, intid);
}

// The distributor's frame, for SPIs, or that of a CPU's redistributor, for its SGIs and PPIs. The layout is the same.
// Where `control` has the bit `write_pending`, writes have not reached every CPU interface.
class gic_frame {
public:
    gic_frame(void __iomem *base, void __iomem *control, u32 write_pending)
        : base_(static_cast<char __iomem *>(base))
        , control_(control)
        , write_pending_(write_pending) {}

    u32 read(u32 offset) const { return readl_relaxed(base_ + offset); }
    void write(u32 value, u32 offset) const { writel_relaxed(value, base_ + offset); }

    // Registers of a bit for each INTID: some of them set, some of them clear what is behind.
    bool bit(u32 bits, unsigned long intid) const {
        const gic_place at = gic_place_of(bits, intid);
        return read(at.reg + at.index / 32 * 4) & 1u << at.index % 32;
    }
    void write_bit(u32 bits, unsigned long intid) const {
        const gic_place at = gic_place_of(bits, intid);
        write(1u << at.index % 32, at.reg + at.index / 32 * 4);
    }

    // INTIDs from `first` to `end`, each `width` bits wide: the same word into all of their registers.
    void fill(u32 fields, unsigned int width, unsigned int first, unsigned int end, u32 word) const;

    void settle() const;
    // False: the hardware has it otherwise, and keeps it so.
    bool set_edge(unsigned long intid, bool edge) const;

private:
    char __iomem *base_;
    void __iomem *control_;
    u32 write_pending_;
};

// Waits until a register's bits are clear. After a second, which is far beyond what hardware needs, false.
bool gic_wait_clear(void __iomem *reg, u32 bits);

#endif
