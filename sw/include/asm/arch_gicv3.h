/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a GICv3's driver reaches the CPU interface and registers of 64 bits on arm64 (Linux 6.1,
 * arch/arm64/include/asm/arch_gicv3.h): through port/port.h.
 */
#ifndef __ASM_ARCH_GICV3_H
#define __ASM_ARCH_GICV3_H

#include <linux/io.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#define read_gicreg(r) read_sysreg_s(SYS_##r)
#define write_gicreg(v, r) write_sysreg_s(v, SYS_##r)

/* Readers and writers of one register. A _synced writer waits until what follows sees the write. */
#define __GIC_READS(type, name, reg)                 \
	static inline type name(void)                \
	{                                            \
		return (type)read_gicreg(reg);       \
	}
#define __GIC_WRITES(type, name, reg)                \
	static inline void name(type value)          \
	{                                            \
		write_gicreg(value, reg);            \
	}
#define __GIC_WRITES_SYNCED(type, name, reg)         \
	static inline void name(type value)          \
	{                                            \
		write_gicreg(value, reg);            \
		isb();                               \
	}

__GIC_READS(u32, gic_read_ctlr, ICC_CTLR_EL1)
__GIC_READS(u32, gic_read_sre, ICC_SRE_EL1)
__GIC_READS(u32, gic_read_pmr, ICC_PMR_EL1)
__GIC_READS(u32, gic_read_rpr, ICC_RPR_EL1)
__GIC_WRITES(u64, gic_write_sgi1r, ICC_SGI1R_EL1)
__GIC_WRITES(u32, gic_write_bpr1, ICC_BPR1_EL1)
__GIC_WRITES(u32, gic_write_pmr, ICC_PMR_EL1)
__GIC_WRITES_SYNCED(u32, gic_write_ctlr, ICC_CTLR_EL1)
__GIC_WRITES_SYNCED(u32, gic_write_grpen1, ICC_IGRPEN1_EL1)
__GIC_WRITES_SYNCED(u32, gic_write_sre, ICC_SRE_EL1)
__GIC_WRITES_SYNCED(u32, gic_write_dir, ICC_DIR_EL1)
#undef __GIC_READS
#undef __GIC_WRITES
#undef __GIC_WRITES_SYNCED

/* Acknowledging must be complete before the device is touched. */
static inline u64 gic_read_iar_common(void)
{
	const u64 intid = read_gicreg(ICC_IAR1_EL1);

	dsb(sy);
	return intid;
}

/* The erratum's core is not this one. */
static inline u64 gic_read_iar_cavium_thunderx(void)
{
	return gic_read_iar_common();
}

#define gic_read_typer(c) readq_relaxed(c)
#define gic_read_irouter(c) readq_relaxed(c)
#define gic_write_irouter(v, c) writeq_relaxed(v, c)
#define gic_read_lpir(c) readq_relaxed(c)
#define gic_write_lpir(v, c) writeq_relaxed(v, c)
#define gits_read_baser(c) readq_relaxed(c)
#define gits_write_baser(v, c) writeq_relaxed(v, c)
#define gits_read_cbaser(c) readq_relaxed(c)
#define gits_write_cbaser(v, c) writeq_relaxed(v, c)
#define gits_write_cwriter(v, c) writeq_relaxed(v, c)
#define gicr_read_propbaser(c) readq_relaxed(c)
#define gicr_write_propbaser(v, c) writeq_relaxed(v, c)
#define gicr_read_pendbaser(c) readq_relaxed(c)
#define gicr_write_pendbaser(v, c) writeq_relaxed(v, c)
#define gicr_read_vpropbaser(c) readq_relaxed(c)
#define gicr_write_vpropbaser(v, c) writeq_relaxed(v, c)
#define gicr_read_vpendbaser(c) readq_relaxed(c)
#define gicr_write_vpendbaser(v, c) writeq_relaxed(v, c)

/* Caches are coherent with the GIC here. */
#define gic_flush_dcache_to_poc(address, length) \
	do {                                     \
		(void)(address);                 \
		(void)(length);                  \
	} while (0)

/* Interrupts are masked by PSTATE, not by priority: there are no pseudo-NMIs. */
static inline bool gic_prio_masking_enabled(void)
{
	return false;
}

static inline void gic_pmr_mask_irqs(void)
{
}

static inline void gic_arch_enable_irqs(void)
{
}

#endif
