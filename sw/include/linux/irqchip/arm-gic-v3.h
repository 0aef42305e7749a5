/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GICv3 and GICv4: offsets of registers, their fields (Arm IHI 0069, chapter 12), and what the driver of the GIC and those of
 * its parts say to each other. Names and values as in Linux 6.1: tests/sw/linux/constants holds them against Linux's header.
 */
#ifndef __LINUX_IRQCHIP_ARM_GIC_V3_H
#define __LINUX_IRQCHIP_ARM_GIC_V3_H

#include <linux/bits.h>
#include <linux/cpumask.h>
#include <linux/irqchip/arm-gic-common.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include <asm/arch_gicv3.h>

/* Distributor: offsets. With affinity routing the last four are reserved. */
#define GICD_CTLR 0x0000
#define GICD_TYPER 0x0004
#define GICD_IIDR 0x0008
#define GICD_TYPER2 0x000c
#define GICD_STATUSR 0x0010
#define GICD_SETSPI_NSR 0x40
#define GICD_CLRSPI_NSR 0x48
#define GICD_SETSPI_SR 0x50
#define GICD_CLRSPI_SR 0x58
#define GICD_IGROUPR 0x0080
#define GICD_ISENABLER 0x0100
#define GICD_ICENABLER 0x0180
#define GICD_ISPENDR 0x0200
#define GICD_ICPENDR 0x0280
#define GICD_ISACTIVER 0x0300
#define GICD_ICACTIVER 0x0380
#define GICD_IPRIORITYR 0x0400
#define GICD_ICFGR 0x0c00
#define GICD_IGRPMODR 0x0d00
#define GICD_NSACR 0x0e00
#define GICD_IGROUPRnE 0x1000
#define GICD_ISENABLERnE 0x1200
#define GICD_ICENABLERnE 0x1400
#define GICD_ISPENDRnE 0x1600
#define GICD_ICPENDRnE 0x1800
#define GICD_ISACTIVERnE 0x1a00
#define GICD_ICACTIVERnE 0x1c00
#define GICD_IPRIORITYRnE 0x2000
#define GICD_ICFGRnE 0x3000
#define GICD_IROUTER 0x6000
#define GICD_IROUTERnE 0x8000
#define GICD_IDREGS 0xffd0
#define GICD_PIDR2 0xffe8
#define GICD_ITARGETSR 0x0800
#define GICD_SGIR 0x0f00
#define GICD_CPENDSGIR 0x0f10
#define GICD_SPENDSGIR 0x0f20

/* GICD_CTLR, seen from the non-secure side, and with one security state. */
#define GICD_CTLR_RWP (0x1U << 31)
#define GICD_CTLR_nASSGIreq (0x1U << 8)
#define GICD_CTLR_DS 0x40U
#define GICD_CTLR_ARE_NS 0x10U
#define GICD_CTLR_ENABLE_G1A 0x2U
#define GICD_CTLR_ENABLE_G1 0x1U
#define GICD_CTLR_ENABLE_SS_G1 0x2U
#define GICD_CTLR_ENABLE_SS_G0 0x1U

/* GICD_IIDR, GICD_TYPER, GICD_TYPER2, GICD_IROUTER. */
#define GICD_IIDR_IMPLEMENTER_SHIFT 0
#define GICD_IIDR_IMPLEMENTER_MASK 0xfff
#define GICD_IIDR_REVISION_SHIFT 12
#define GICD_IIDR_REVISION_MASK 0xf000
#define GICD_IIDR_VARIANT_SHIFT 16
#define GICD_IIDR_VARIANT_MASK 0xf0000
#define GICD_IIDR_PRODUCT_ID_SHIFT 24
#define GICD_IIDR_PRODUCT_ID_MASK (0xff << 24)
#define GICD_TYPER_RSS (0x1U << 26)
#define GICD_TYPER_LPIS (0x1U << 17)
#define GICD_TYPER_MBIS (0x1U << 16)
#define GICD_TYPER_ESPI (0x1U << 8)
#define GICD_TYPER2_nASSGIcap (0x1U << 8)
#define GICD_TYPER2_VIL 0x80U
#define GICD_TYPER2_VID 0x1fUL
#define GICD_IROUTER_SPI_MODE_ONE 0U
#define GICD_IROUTER_SPI_MODE_ANY (0x1U << 31)

/* Bits of an INTID; LPIs, if fewer than those; 32 and what follows the private ones: a count, with the private ones in it. */
#define GICD_TYPER_ID_BITS(typer) ((((typer) >> 19) & 31) + 1)
#define GICD_TYPER_NUM_LPIS(typer) ((((typer) >> 11) & 31) + 1)
#define GICD_TYPER_SPIS(typer) (32 * (((typer) & 31) + 1))
#define GICD_TYPER_ESPIS(typer) ((typer) & GICD_TYPER_ESPI ? GICD_TYPER_SPIS((typer) >> 27) : 0)

/* Both frames: identification, sizes, the first INTIDs of the extended ranges, sizes of pages. */
#define ESPI_BASE_INTID 0x1000
#define GIC_PIDR2_ARCH_MASK 0xf0
#define GIC_PIDR2_ARCH_GICv3 0x30
#define GIC_PIDR2_ARCH_GICv4 0x40
#define GIC_V3_DIST_SIZE 0x10000
#define GIC_PAGE_SIZE_4K 0ULL
#define GIC_PAGE_SIZE_16K 0x1ULL
#define GIC_PAGE_SIZE_64K 0x2ULL
#define GIC_PAGE_SIZE_MASK 0x3ULL
#define EPPI_BASE_INTID 0x420
#define GIC_V3_REDIST_SIZE 0x20000

/* n - 1 in a field of w bits. */
#define GIC_ENCODE_SZ(n, w) (((unsigned long)(n) - 1) & GENMASK_ULL(((w) - 1), 0))

/* Redistributor: RD_base, then SGI_base one 64 KiB page above (from GICR_IGROUPR0 on), then GICv4's page. */
#define GICR_CTLR 0x0000
#define GICR_IIDR 0x0004
#define GICR_TYPER 0x0008
#define GICR_STATUSR 0x0010
#define GICR_WAKER 0x0014
#define GICR_SETLPIR 0x0040
#define GICR_CLRLPIR 0x0048
#define GICR_PROPBASER 0x0070
#define GICR_PENDBASER 0x0078
#define GICR_INVLPIR 0x00a0
#define GICR_INVALLR 0x00b0
#define GICR_SYNCR 0x00c0
#define GICR_IDREGS 0xffd0
#define GICR_PIDR2 0xffe8
#define GICR_IGROUPR0 0x0080
#define GICR_ISENABLER0 0x0100
#define GICR_ICENABLER0 0x0180
#define GICR_ISPENDR0 0x0200
#define GICR_ICPENDR0 0x0280
#define GICR_ISACTIVER0 0x0300
#define GICR_ICACTIVER0 0x0380
#define GICR_IPRIORITYR0 0x0400
#define GICR_ICFGR0 0x0c00
#define GICR_IGRPMODR0 0x0d00
#define GICR_NSACR 0x0e00
#define GICR_VPROPBASER 0x0070
#define GICR_VPENDBASER 0x0078
#define GICR_VSGIR 0x0080
#define GICR_VSGIPENDR 0x0088

/* GICR_CTLR, GICR_TYPER, GICR_WAKER, GICR_INVLPIR, GICR_INVALLR. */
#define GICR_CTLR_ENABLE_LPIS 0x1UL
#define GICR_CTLR_CES 0x2UL
#define GICR_CTLR_IR 0x4UL
#define GICR_CTLR_RWP 0x8UL
#define GICR_WAKER_ProcessorSleep 0x2U
#define GICR_WAKER_ChildrenAsleep 0x4U
#define GICR_TYPER_PLPIS 0x1U
#define GICR_TYPER_VLPIS 0x2U
#define GICR_TYPER_DIRTY 0x4U
#define GICR_TYPER_DirectLPIS 0x8U
#define GICR_TYPER_LAST 0x10U
#define GICR_TYPER_RVPEID 0x80U
#define GICR_TYPER_COMMON_LPI_AFF (0x3ULL << 24)
#define GICR_TYPER_AFFINITY (0xffffffffULL << 32)
#define GICR_INVLPIR_INTID 0xffffffffULL
#define GICR_INVLPIR_VPEID (0xffffULL << 32)
#define GICR_INVLPIR_V (0x1ULL << 63)
#define GICR_INVALLR_VPEID (0xffffULL << 32)
#define GICR_INVALLR_V (0x1ULL << 63)

#define GICR_TYPER_CPU_NUMBER(r) (((r) >> 8) & 0xffff)
/* 16, or with the extended ones 48 or 80. */
#define GICR_TYPER_NR_PPIS(r) (16 + 32 * ((((r) >> 27) & 31) <= 2 ? (unsigned int)(((r) >> 27) & 31) : 0U))

/* Memory attributes of the registers that hold the address of a table: caching, sharing. */
#define GIC_BASER_CACHE_nCnB 0ULL
#define GIC_BASER_CACHE_SameAsInner 0ULL
#define GIC_BASER_CACHE_nC 0x1ULL
#define GIC_BASER_CACHE_RaWt 0x2ULL
#define GIC_BASER_CACHE_RaWb 0x3ULL
#define GIC_BASER_CACHE_WaWt 0x4ULL
#define GIC_BASER_CACHE_WaWb 0x5ULL
#define GIC_BASER_CACHE_RaWaWt 0x6ULL
#define GIC_BASER_CACHE_RaWaWb 0x7ULL
#define GIC_BASER_CACHE_MASK 0x7ULL
#define GIC_BASER_NonShareable 0ULL
#define GIC_BASER_InnerShareable 0x1ULL
#define GIC_BASER_OuterShareable 0x2ULL
#define GIC_BASER_SHAREABILITY_MASK 0x3ULL

#define GIC_BASER_SHAREABILITY(reg, type) (GIC_BASER_##type << reg##_SHAREABILITY_SHIFT)
#define GIC_BASER_CACHEABILITY(reg, inner_outer, type) (GIC_BASER_CACHE_##type << reg##_##inner_outer##_CACHEABILITY_SHIFT)

/* GICR_PROPBASER and an LPI's byte in its table. */
#define GICR_PROPBASER_SHAREABILITY_SHIFT 10
#define GICR_PROPBASER_INNER_CACHEABILITY_SHIFT 7
#define GICR_PROPBASER_OUTER_CACHEABILITY_SHIFT 56
#define GICR_PROPBASER_SHAREABILITY_MASK (0x3ULL << 10)
#define GICR_PROPBASER_INNER_CACHEABILITY_MASK 0x380ULL
#define GICR_PROPBASER_OUTER_CACHEABILITY_MASK (0x7ULL << 56)
#define GICR_PROPBASER_CACHEABILITY_MASK 0x380ULL
#define GICR_PROPBASER_InnerShareable (0x1ULL << 10)
#define GICR_PROPBASER_nCnB 0ULL
#define GICR_PROPBASER_nC 0x80ULL
#define GICR_PROPBASER_RaWt (0x1ULL << 8)
#define GICR_PROPBASER_RaWb 0x180ULL
#define GICR_PROPBASER_WaWt (0x1ULL << 9)
#define GICR_PROPBASER_WaWb 0x280ULL
#define GICR_PROPBASER_RaWaWt (0x3ULL << 8)
#define GICR_PROPBASER_RaWaWb 0x380ULL
#define GICR_PROPBASER_IDBITS_MASK 0x1f
#define LPI_PROP_GROUP1 0x02
#define LPI_PROP_ENABLED 0x01
#define GICR_PROPBASER_ADDRESS(x) ((x) & GENMASK_ULL(51, 12))

/* GICR_PENDBASER. */
#define GICR_PENDBASER_SHAREABILITY_SHIFT 10
#define GICR_PENDBASER_INNER_CACHEABILITY_SHIFT 7
#define GICR_PENDBASER_OUTER_CACHEABILITY_SHIFT 56
#define GICR_PENDBASER_SHAREABILITY_MASK (0x3ULL << 10)
#define GICR_PENDBASER_INNER_CACHEABILITY_MASK 0x380ULL
#define GICR_PENDBASER_OUTER_CACHEABILITY_MASK (0x7ULL << 56)
#define GICR_PENDBASER_CACHEABILITY_MASK 0x380ULL
#define GICR_PENDBASER_InnerShareable (0x1ULL << 10)
#define GICR_PENDBASER_nCnB 0ULL
#define GICR_PENDBASER_nC 0x80ULL
#define GICR_PENDBASER_RaWt (0x1ULL << 8)
#define GICR_PENDBASER_RaWb 0x180ULL
#define GICR_PENDBASER_WaWt (0x1ULL << 9)
#define GICR_PENDBASER_WaWb 0x280ULL
#define GICR_PENDBASER_RaWaWt (0x3ULL << 8)
#define GICR_PENDBASER_RaWaWb 0x380ULL
#define GICR_PENDBASER_PTZ (0x1ULL << 62)
#define GICR_PENDBASER_ADDRESS(x) ((x) & GENMASK_ULL(51, 16))

/* GICv4: GICR_VPROPBASER, GICR_VPENDBASER, GICR_VSGIR, GICR_VSGIPENDR. */
#define GICR_VPROPBASER_IDBITS_MASK 0x1f
#define GICR_VPROPBASER_SHAREABILITY_SHIFT 10
#define GICR_VPROPBASER_INNER_CACHEABILITY_SHIFT 7
#define GICR_VPROPBASER_OUTER_CACHEABILITY_SHIFT 56
#define GICR_VPROPBASER_SHAREABILITY_MASK (0x3ULL << 10)
#define GICR_VPROPBASER_INNER_CACHEABILITY_MASK 0x380ULL
#define GICR_VPROPBASER_OUTER_CACHEABILITY_MASK (0x7ULL << 56)
#define GICR_VPROPBASER_CACHEABILITY_MASK 0x380ULL
#define GICR_VPROPBASER_InnerShareable (0x1ULL << 10)
#define GICR_VPROPBASER_nCnB 0ULL
#define GICR_VPROPBASER_nC 0x80ULL
#define GICR_VPROPBASER_RaWt (0x1ULL << 8)
#define GICR_VPROPBASER_RaWb 0x180ULL
#define GICR_VPROPBASER_WaWt (0x1ULL << 9)
#define GICR_VPROPBASER_WaWb 0x280ULL
#define GICR_VPROPBASER_RaWaWt (0x3ULL << 8)
#define GICR_VPROPBASER_RaWaWb 0x380ULL
#define GICR_VPROPBASER_4_1_VALID (0x1ULL << 63)
#define GICR_VPROPBASER_4_1_ENTRY_SIZE (0x7ULL << 59)
#define GICR_VPROPBASER_4_1_INDIRECT (0x1ULL << 55)
#define GICR_VPROPBASER_4_1_PAGE_SIZE (0x3ULL << 53)
#define GICR_VPROPBASER_4_1_Z (0x1ULL << 52)
#define GICR_VPROPBASER_4_1_ADDR (0xffffffffffULL << 12)
#define GICR_VPROPBASER_4_1_SIZE 0x7fULL
#define GICR_VPENDBASER_SHAREABILITY_SHIFT 10
#define GICR_VPENDBASER_INNER_CACHEABILITY_SHIFT 7
#define GICR_VPENDBASER_OUTER_CACHEABILITY_SHIFT 56
#define GICR_VPENDBASER_SHAREABILITY_MASK (0x3ULL << 10)
#define GICR_VPENDBASER_INNER_CACHEABILITY_MASK 0x380ULL
#define GICR_VPENDBASER_OUTER_CACHEABILITY_MASK (0x7ULL << 56)
#define GICR_VPENDBASER_CACHEABILITY_MASK 0x380ULL
#define GICR_VPENDBASER_NonShareable 0ULL
#define GICR_VPENDBASER_InnerShareable (0x1ULL << 10)
#define GICR_VPENDBASER_nCnB 0ULL
#define GICR_VPENDBASER_nC 0x80ULL
#define GICR_VPENDBASER_RaWt (0x1ULL << 8)
#define GICR_VPENDBASER_RaWb 0x180ULL
#define GICR_VPENDBASER_WaWt (0x1ULL << 9)
#define GICR_VPENDBASER_WaWb 0x280ULL
#define GICR_VPENDBASER_RaWaWt (0x3ULL << 8)
#define GICR_VPENDBASER_RaWaWb 0x380ULL
#define GICR_VPENDBASER_Dirty (0x1ULL << 60)
#define GICR_VPENDBASER_PendingLast (0x1ULL << 61)
#define GICR_VPENDBASER_IDAI (0x1ULL << 62)
#define GICR_VPENDBASER_Valid (0x1ULL << 63)
#define GICR_VPENDBASER_4_1_DB (0x1ULL << 62)
#define GICR_VPENDBASER_4_1_VGRP0EN (0x1ULL << 59)
#define GICR_VPENDBASER_4_1_VGRP1EN (0x1ULL << 58)
#define GICR_VPENDBASER_4_1_VPEID 0xffffULL
#define GICR_VSGIR_VPEID 0xffffUL
#define GICR_VSGIPENDR_BUSY (0x1U << 31)
#define GICR_VSGIPENDR_PENDING 0xffffUL

/* ITS: the control frame, then the translation frame one 64 KiB page above, then GICv4's. */
#define GITS_CTLR 0x0000
#define GITS_IIDR 0x0004
#define GITS_TYPER 0x0008
#define GITS_MPIDR 0x0018
#define GITS_CBASER 0x0080
#define GITS_CWRITER 0x0088
#define GITS_CREADR 0x0090
#define GITS_BASER 0x0100
#define GITS_PIDR0 0xffe0
#define GITS_PIDR1 0xffe4
#define GITS_PIDR2 0xffe8
#define GITS_PIDR4 0xffd0
#define GITS_CIDR0 0xfff0
#define GITS_CIDR1 0xfff4
#define GITS_CIDR2 0xfff8
#define GITS_CIDR3 0xfffc
#define GITS_TRANSLATER 0x10040
#define GITS_SGIR 0x20020

/* GITS_CTLR, GITS_IIDR, GITS_TYPER, GITS_SGIR. */
#define GITS_IDREGS_BASE 0xffd0
#define GITS_SGIR_VPEID (0xffffULL << 32)
#define GITS_SGIR_VINTID 0xfULL
#define GITS_CTLR_ENABLE 0x1U
#define GITS_CTLR_ImDe 0x2U
#define GITS_CTLR_ITS_NUMBER_SHIFT 4
#define GITS_CTLR_ITS_NUMBER 0xf0U
#define GITS_CTLR_QUIESCENT (0x1U << 31)
#define GITS_TYPER_PLPIS 0x1UL
#define GITS_TYPER_VLPIS 0x2UL
#define GITS_TYPER_ITT_ENTRY_SIZE_SHIFT 4
#define GITS_TYPER_ITT_ENTRY_SIZE 0xf0ULL
#define GITS_TYPER_IDBITS (0x1fULL << 8)
#define GITS_TYPER_IDBITS_SHIFT 8
#define GITS_TYPER_DEVBITS_SHIFT 13
#define GITS_TYPER_DEVBITS (0x1fULL << 13)
#define GITS_TYPER_PTA (0x1UL << 19)
#define GITS_TYPER_HCC_SHIFT 24
#define GITS_TYPER_VMOVP (0x1ULL << 37)
#define GITS_TYPER_VMAPP (0x1ULL << 40)
#define GITS_TYPER_SVPET (0x3ULL << 41)
#define GITS_IIDR_REV_SHIFT 12
#define GITS_IIDR_REV_MASK 0xf000
#define GITS_IIDR_PRODUCTID_SHIFT 24

#define GITS_IIDR_REV(r) (((r) >> GITS_IIDR_REV_SHIFT) & 0xf)
#define GITS_TYPER_HCC(r) (((r) >> GITS_TYPER_HCC_SHIFT) & 0xff)

/* GITS_CBASER. */
#define GITS_CBASER_VALID (0x1ULL << 63)
#define GITS_CBASER_SHAREABILITY_SHIFT 10
#define GITS_CBASER_INNER_CACHEABILITY_SHIFT 59
#define GITS_CBASER_OUTER_CACHEABILITY_SHIFT 53
#define GITS_CBASER_SHAREABILITY_MASK (0x3ULL << 10)
#define GITS_CBASER_INNER_CACHEABILITY_MASK (0x7ULL << 59)
#define GITS_CBASER_OUTER_CACHEABILITY_MASK (0x7ULL << 53)
#define GITS_CBASER_CACHEABILITY_MASK (0x7ULL << 59)
#define GITS_CBASER_InnerShareable (0x1ULL << 10)
#define GITS_CBASER_nCnB 0ULL
#define GITS_CBASER_nC (0x1ULL << 59)
#define GITS_CBASER_RaWt (0x1ULL << 60)
#define GITS_CBASER_RaWb (0x3ULL << 59)
#define GITS_CBASER_WaWt (0x1ULL << 61)
#define GITS_CBASER_WaWb (0x5ULL << 59)
#define GITS_CBASER_RaWaWt (0x3ULL << 60)
#define GITS_CBASER_RaWaWb (0x7ULL << 59)
#define GITS_CBASER_ADDRESS(cbaser) ((cbaser) & GENMASK_ULL(51, 12))

/* GITS_BASER. */
#define GITS_BASER_NR_REGS 8
#define GITS_BASER_VALID (0x1ULL << 63)
#define GITS_BASER_INDIRECT (0x1ULL << 62)
#define GITS_BASER_INNER_CACHEABILITY_SHIFT 59
#define GITS_BASER_OUTER_CACHEABILITY_SHIFT 53
#define GITS_BASER_INNER_CACHEABILITY_MASK (0x7ULL << 59)
#define GITS_BASER_CACHEABILITY_MASK (0x7ULL << 59)
#define GITS_BASER_OUTER_CACHEABILITY_MASK (0x7ULL << 53)
#define GITS_BASER_SHAREABILITY_MASK (0x3ULL << 10)
#define GITS_BASER_nCnB 0ULL
#define GITS_BASER_nC (0x1ULL << 59)
#define GITS_BASER_RaWt (0x1ULL << 60)
#define GITS_BASER_RaWb (0x3ULL << 59)
#define GITS_BASER_WaWt (0x1ULL << 61)
#define GITS_BASER_WaWb (0x5ULL << 59)
#define GITS_BASER_RaWaWt (0x3ULL << 60)
#define GITS_BASER_RaWaWb (0x7ULL << 59)
#define GITS_BASER_TYPE_SHIFT 56
#define GITS_BASER_ENTRY_SIZE_SHIFT 48
#define GITS_BASER_ENTRY_SIZE_MASK (0x1fULL << 48)
#define GITS_BASER_SHAREABILITY_SHIFT 10
#define GITS_BASER_InnerShareable (0x1ULL << 10)
#define GITS_BASER_PAGE_SIZE_SHIFT 8
#define GITS_BASER_PAGE_SIZE_4K 0ULL
#define GITS_BASER_PAGE_SIZE_16K (0x1ULL << 8)
#define GITS_BASER_PAGE_SIZE_64K (0x1ULL << 9)
#define GITS_BASER_PAGE_SIZE_MASK (0x3ULL << 8)
#define GITS_BASER_PAGES_MAX 256
#define GITS_BASER_PAGES_SHIFT 0
#define GITS_BASER_TYPE_NONE 0
#define GITS_BASER_TYPE_DEVICE 1
#define GITS_BASER_TYPE_VCPU 2
#define GITS_BASER_TYPE_RESERVED3 3
#define GITS_BASER_TYPE_COLLECTION 4
#define GITS_BASER_TYPE_RESERVED5 5
#define GITS_BASER_TYPE_RESERVED6 6
#define GITS_BASER_TYPE_RESERVED7 7
#define GITS_LVL1_ENTRY_SIZE 0x8UL

#define GITS_BASER_TYPE(r) (((r) >> GITS_BASER_TYPE_SHIFT) & 7)
#define GITS_BASER_ENTRY_SIZE(r) ((((r) >> GITS_BASER_ENTRY_SIZE_SHIFT) & 31) + 1)
#define GITS_BASER_NR_PAGES(r) (((r) & 0xff) + 1)
/* With pages of 64 KiB, bits 48 to 51 of an address stand in 12 to 15. */
#define GITS_BASER_PHYS_52_to_48(phys) (((phys) & GENMASK_ULL(47, 16)) | (((phys) >> 48) & 0xf) << 12)
#define GITS_BASER_ADDR_48_to_52(baser) (((baser) & GENMASK_ULL(47, 16)) | (((baser) >> 12) & 0xf) << 48)

/* Commands of an ITS, and the errors that it may record of them. */
#define GITS_CMD_MAPD 0x08
#define GITS_CMD_MAPC 0x09
#define GITS_CMD_MAPTI 0x0a
#define GITS_CMD_MAPI 0x0b
#define GITS_CMD_MOVI 0x01
#define GITS_CMD_DISCARD 0x0f
#define GITS_CMD_INV 0x0c
#define GITS_CMD_MOVALL 0x0e
#define GITS_CMD_INVALL 0x0d
#define GITS_CMD_INT 0x03
#define GITS_CMD_CLEAR 0x04
#define GITS_CMD_SYNC 0x05
#define GITS_CMD_VINVALL 0x2d
#define GITS_CMD_VMAPP 0x29
#define GITS_CMD_VMAPTI 0x2a
#define GITS_CMD_VMOVI 0x21
#define GITS_CMD_VSYNC 0x25
#define GITS_CMD_VMOVP 0x22
#define GITS_CMD_VSGI 0x23
#define GITS_CMD_INVDB 0x2e
#define E_ITS_MOVI_UNMAPPED_INTERRUPT 0x10107
#define E_ITS_MOVI_UNMAPPED_COLLECTION 0x10109
#define E_ITS_INT_UNMAPPED_INTERRUPT 0x10307
#define E_ITS_CLEAR_UNMAPPED_INTERRUPT 0x10507
#define E_ITS_MAPD_DEVICE_OOR 0x10801
#define E_ITS_MAPD_ITTSIZE_OOR 0x10802
#define E_ITS_MAPC_PROCNUM_OOR 0x10902
#define E_ITS_MAPC_COLLECTION_OOR 0x10903
#define E_ITS_MAPTI_UNMAPPED_DEVICE 0x10a04
#define E_ITS_MAPTI_ID_OOR 0x10a05
#define E_ITS_MAPTI_PHYSICALID_OOR 0x10a06
#define E_ITS_INV_UNMAPPED_INTERRUPT 0x10c07
#define E_ITS_INVALL_UNMAPPED_COLLECTION 0x10d09
#define E_ITS_MOVALL_PROCNUM_OOR 0x10e01
#define E_ITS_DISCARD_UNMAPPED_INTERRUPT 0x10f07
#define GITS_CMD_GICv4(x) ((x) | 0x20)

/* CPU interface. */
#define ICC_CTLR_EL1_EOImode_SHIFT 1
#define ICC_CTLR_EL1_EOImode_drop_dir 0U
#define ICC_CTLR_EL1_EOImode_drop 0x2U
#define ICC_CTLR_EL1_EOImode_MASK 0x02
#define ICC_CTLR_EL1_CBPR_SHIFT 0
#define ICC_CTLR_EL1_CBPR_MASK 0x01
#define ICC_CTLR_EL1_PMHE_SHIFT 6
#define ICC_CTLR_EL1_PMHE_MASK 0x40
#define ICC_CTLR_EL1_PRI_BITS_SHIFT 8
#define ICC_CTLR_EL1_PRI_BITS_MASK 0x700
#define ICC_CTLR_EL1_ID_BITS_SHIFT 11
#define ICC_CTLR_EL1_ID_BITS_MASK 0x3800
#define ICC_CTLR_EL1_SEIS_SHIFT 14
#define ICC_CTLR_EL1_SEIS_MASK 0x4000
#define ICC_CTLR_EL1_A3V_SHIFT 15
#define ICC_CTLR_EL1_A3V_MASK 0x8000
#define ICC_CTLR_EL1_RSS 0x40000
#define ICC_CTLR_EL1_ExtRange 0x80000
#define ICC_PMR_EL1_SHIFT 0
#define ICC_PMR_EL1_MASK 0xff
#define ICC_BPR0_EL1_SHIFT 0
#define ICC_BPR0_EL1_MASK 0x07
#define ICC_BPR1_EL1_SHIFT 0
#define ICC_BPR1_EL1_MASK 0x07
#define ICC_IGRPEN0_EL1_SHIFT 0
#define ICC_IGRPEN0_EL1_MASK 0x01
#define ICC_IGRPEN1_EL1_SHIFT 0
#define ICC_IGRPEN1_EL1_MASK 0x01
#define ICC_SRE_EL1_DIB 0x4U
#define ICC_SRE_EL1_DFB 0x2U
#define ICC_SRE_EL1_SRE 0x1U
#define ICC_IAR1_EL1_SPURIOUS 0x3ff
#define ICC_SRE_EL2_SRE 0x01
#define ICC_SRE_EL2_ENABLE 0x08
#define ICC_SGI1R_TARGET_LIST_SHIFT 0
#define ICC_SGI1R_TARGET_LIST_MASK 0xffff
#define ICC_SGI1R_AFFINITY_1_SHIFT 16
#define ICC_SGI1R_AFFINITY_1_MASK 0xff0000
#define ICC_SGI1R_SGI_ID_SHIFT 24
#define ICC_SGI1R_SGI_ID_MASK (0xfULL << 24)
#define ICC_SGI1R_AFFINITY_2_SHIFT 32
#define ICC_SGI1R_AFFINITY_2_MASK (0xffULL << 32)
#define ICC_SGI1R_IRQ_ROUTING_MODE_BIT 40
#define ICC_SGI1R_RS_SHIFT 44
#define ICC_SGI1R_RS_MASK (0xfULL << 44)
#define ICC_SGI1R_AFFINITY_3_SHIFT 48
#define ICC_SGI1R_AFFINITY_3_MASK (0xffULL << 48)

/* List register of a virtual CPU interface. */
#define GICH_LR_VIRTUALID 0x3ffUL
#define GICH_LR_PHYSID_CPUID_SHIFT 10
#define GICH_LR_PHYSID_CPUID (0x7UL << 10)

/* First cell of a specifier between the GIC and its ITS. */
#define GIC_IRQ_TYPE_LPI 0xa110c8edU

struct fwnode_handle;
struct irq_domain;
struct page;

/* The redistributors, each CPU's own part behind `rdist`. The GIC's driver makes it, the ITS's keeps its tables in it. */
struct rdists {
	struct {
		raw_spinlock_t rd_lock; /* GICR_INVLPIR and the like: one request at a time */
		void __iomem *rd_base;
		struct page *pend_page;
		phys_addr_t phys_base;
		u64 flags;
		cpumask_t *vpe_table_mask;
		void *vpe_l1_base;
	} __percpu *rdist;
	phys_addr_t prop_table_pa;
	void *prop_table_va;
	u64 flags;
	u32 gicd_typer, gicd_typer2;
	int cpuhp_memreserve_state;
	bool has_vlpis, has_rvpeid, has_direct_lpi, has_vpend_valid_dirty;
};

__BEGIN_DECLS
/* Each gives 0, or why there is no such part. At boot, interrupts masked; its_cpu_init() on each CPU that comes up. */
int mbi_init(struct fwnode_handle *fwnode, struct irq_domain *parent);
int its_init(struct fwnode_handle *handle, struct rdists *rdists, struct irq_domain *domain);
int its_lpi_memreserve_init(void);
int its_cpu_init(void);
__END_DECLS

/* System register access to the CPU interface, switched on if need be. False: EL2 or EL3 does not allow it. */
static inline bool gic_enable_sre(void)
{
	if (!(gic_read_sre() & ICC_SRE_EL1_SRE))
		gic_write_sre(gic_read_sre() | ICC_SRE_EL1_SRE);
	return gic_read_sre() & ICC_SRE_EL1_SRE;
}

#endif
