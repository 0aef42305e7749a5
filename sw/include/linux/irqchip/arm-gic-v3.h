/* SPDX-License-Identifier: Apache-2.0 */
/* GICv3 registers: offsets and fields (Arm IHI 0069, chapter 12). Names as in Linux 6.1. */
#ifndef __LINUX_IRQCHIP_ARM_GIC_V3_H
#define __LINUX_IRQCHIP_ARM_GIC_V3_H

#include <linux/bits.h>
#include <linux/irqchip/arm-gic-common.h>

/* Distributor. */
#define GICD_CTLR	0x0000
#define GICD_TYPER	0x0004
#define GICD_IIDR	0x0008
#define GICD_TYPER2	0x000C
#define GICD_STATUSR	0x0010
#define GICD_SETSPI_NSR 0x0040
#define GICD_CLRSPI_NSR 0x0048
#define GICD_SETSPI_SR	0x0050
#define GICD_CLRSPI_SR	0x0058
#define GICD_IGROUPR	0x0080
#define GICD_ISENABLER	0x0100
#define GICD_ICENABLER	0x0180
#define GICD_ISPENDR	0x0200
#define GICD_ICPENDR	0x0280
#define GICD_ISACTIVER	0x0300
#define GICD_ICACTIVER	0x0380
#define GICD_IPRIORITYR 0x0400
#define GICD_ICFGR	0x0C00
#define GICD_IGRPMODR	0x0D00
#define GICD_NSACR	0x0E00
#define GICD_IROUTER	0x6000
#define GICD_IDREGS	0xFFD0
#define GICD_PIDR2	0xFFE8

#define GICD_CTLR_RWP	     (1U << 31)
#define GICD_CTLR_nASSGIreq  (1U << 8)
#define GICD_CTLR_DS	     (1U << 6)
#define GICD_CTLR_ARE_NS     (1U << 4)
#define GICD_CTLR_ENABLE_G1A (1U << 1)
#define GICD_CTLR_ENABLE_G1  (1U << 0)

#define GICD_TYPER_RSS		  (1U << 26)
#define GICD_TYPER_LPIS		  (1U << 17)
#define GICD_TYPER_MBIS		  (1U << 16)
#define GICD_TYPER_ESPI		  (1U << 8)
#define GICD_TYPER_ID_BITS(typer) ((((typer) >> 19) & 0x1f) + 1)
#define GICD_TYPER_NUM_LPIS(typer) ((((typer) >> 11) & 0x1f) + 1)
#define GICD_TYPER_SPIS(typer)	  ((((typer) & 0x1f) + 1) * 32)

#define GICD_IROUTER_SPI_MODE_ONE (0U << 31)
#define GICD_IROUTER_SPI_MODE_ANY (1U << 31)

#define GIC_PIDR2_ARCH_MASK  0xf0
#define GIC_PIDR2_ARCH_GICv3 0x30
#define GIC_PIDR2_ARCH_GICv4 0x40

/* Redistributor: RD_base, then SGI_base one 64 KiB page above. */
#define GICR_CTLR      0x0000
#define GICR_IIDR      0x0004
#define GICR_TYPER     0x0008
#define GICR_STATUSR   0x0010
#define GICR_WAKER     0x0014
#define GICR_SETLPIR   0x0040
#define GICR_CLRLPIR   0x0048
#define GICR_PROPBASER 0x0070
#define GICR_PENDBASER 0x0078
#define GICR_INVLPIR   0x00A0
#define GICR_INVALLR   0x00B0
#define GICR_SYNCR     0x00C0
#define GICR_PIDR2     GICD_PIDR2

#define GICR_CTLR_ENABLE_LPIS (1UL << 0)
#define GICR_CTLR_CES	      (1UL << 1)
#define GICR_CTLR_IR	      (1UL << 2)
#define GICR_CTLR_RWP	      (1UL << 3)

#define GICR_TYPER_CPU_NUMBER(r) (((r) >> 8) & 0xffff)
#define GICR_TYPER_PLPIS	 (1U << 0)
#define GICR_TYPER_VLPIS	 (1U << 1)
#define GICR_TYPER_DIRTY	 (1U << 2)
#define GICR_TYPER_DirectLPIS	 (1U << 3)
#define GICR_TYPER_LAST		 (1U << 4)
#define GICR_TYPER_NR_PPIS(r)                                                                                          \
	({                                                                                                             \
		unsigned int __ppinum = ((r) >> 27) & 0x1f;                                                            \
		unsigned int __nr_ppis = 16;                                                                           \
		if (__ppinum == 1 || __ppinum == 2)                                                                    \
			__nr_ppis += __ppinum * 32;                                                                    \
		__nr_ppis;                                                                                             \
	})

#define GICR_WAKER_ProcessorSleep (1U << 1)
#define GICR_WAKER_ChildrenAsleep (1U << 2)

#define GICR_SGI_OFFSET	 0x10000
#define GICR_STRIDE	 0x20000
#define GICR_IGROUPR0	 GICD_IGROUPR
#define GICR_ISENABLER0	 GICD_ISENABLER
#define GICR_ICENABLER0	 GICD_ICENABLER
#define GICR_ISPENDR0	 GICD_ISPENDR
#define GICR_ICPENDR0	 GICD_ICPENDR
#define GICR_ISACTIVER0	 GICD_ISACTIVER
#define GICR_ICACTIVER0	 GICD_ICACTIVER
#define GICR_IPRIORITYR0 GICD_IPRIORITYR
#define GICR_ICFGR0	 GICD_ICFGR

#define GICR_PROPBASER_IDBITS_MASK 0x1fULL
#define GICR_PENDBASER_PTZ	   (1ULL << 62)

#define LPI_PROP_DEFAULT_PRIO 0xa0
#define LPI_PROP_GROUP1	      (1 << 1)
#define LPI_PROP_ENABLED      (1 << 0)

/* ITS: control frame, then the translation frame one 64 KiB page above. */
#define GITS_CTLR	0x0000
#define GITS_IIDR	0x0004
#define GITS_TYPER	0x0008
#define GITS_CBASER	0x0080
#define GITS_CWRITER	0x0088
#define GITS_CREADR	0x0090
#define GITS_BASER	0x0100
#define GITS_PIDR2	GICD_PIDR2
#define GITS_TRANSLATER 0x10040

#define GITS_CTLR_ENABLE    (1U << 0)
#define GITS_CTLR_QUIESCENT (1U << 31)

#define GITS_TYPER_PLPIS	     (1UL << 0)
#define GITS_TYPER_ITT_ENTRY_SIZE(r) ((((r) >> 4) & 0xf) + 1)
#define GITS_TYPER_IDBITS(r)	     ((((r) >> 8) & 0x1f) + 1)
#define GITS_TYPER_DEVBITS(r)	     ((((r) >> 13) & 0x1f) + 1)
#define GITS_TYPER_PTA		     (1UL << 19)
#define GITS_TYPER_HCC(r)	     (((r) >> 24) & 0xff)

#define GITS_CBASER_VALID	 (1ULL << 63)
#define GITS_BASER_NR_REGS	 8
#define GITS_BASER_VALID	 (1ULL << 63)
#define GITS_BASER_INDIRECT	 (1ULL << 62)
#define GITS_BASER_TYPE(r)	 (((r) >> 56) & 7)
#define GITS_BASER_ENTRY_SIZE(r) ((((r) >> 48) & 0x1f) + 1)
#define GITS_BASER_PAGE_SHIFT	 8
#define GITS_BASER_PAGE_MASK	 (3ULL << GITS_BASER_PAGE_SHIFT)
#define GITS_BASER_PAGES_MAX	 256
#define GITS_BASER_TYPE_NONE	 0
#define GITS_BASER_TYPE_DEVICE	 1
#define GITS_BASER_TYPE_COLLECTION 4
#define GITS_LVL1_ENTRY_SIZE	 8UL

#define GITS_CMD_MOVI	 0x01
#define GITS_CMD_INT	 0x03
#define GITS_CMD_CLEAR	 0x04
#define GITS_CMD_SYNC	 0x05
#define GITS_CMD_MAPD	 0x08
#define GITS_CMD_MAPC	 0x09
#define GITS_CMD_MAPTI	 0x0a
#define GITS_CMD_MAPI	 0x0b
#define GITS_CMD_INV	 0x0c
#define GITS_CMD_INVALL	 0x0d
#define GITS_CMD_MOVALL	 0x0e
#define GITS_CMD_DISCARD 0x0f

/* CPU interface. */
#define ICC_CTLR_EL1_EOImode_SHIFT    1
#define ICC_CTLR_EL1_EOImode_drop_dir (0U << ICC_CTLR_EL1_EOImode_SHIFT)
#define ICC_CTLR_EL1_EOImode_drop     (1U << ICC_CTLR_EL1_EOImode_SHIFT)
#define ICC_CTLR_EL1_EOImode_MASK     (1U << ICC_CTLR_EL1_EOImode_SHIFT)
#define ICC_CTLR_EL1_CBPR_MASK	      (1U << 0)
#define ICC_CTLR_EL1_PRI_BITS_SHIFT   8
#define ICC_CTLR_EL1_PRI_BITS_MASK    (0x7U << ICC_CTLR_EL1_PRI_BITS_SHIFT)
#define ICC_CTLR_EL1_RSS	      (0x1U << 18)
#define ICC_SRE_EL1_SRE		      (1U << 0)
#define ICC_IAR1_EL1_SPURIOUS	      0x3ff

#define ICC_SGI1R_TARGET_LIST_SHIFT 0
#define ICC_SGI1R_AFFINITY_1_SHIFT  16
#define ICC_SGI1R_SGI_ID_SHIFT	    24
#define ICC_SGI1R_AFFINITY_2_SHIFT  32
#define ICC_SGI1R_RS_SHIFT	    44
#define ICC_SGI1R_AFFINITY_3_SHIFT  48

#define DEFAULT_PMR_VALUE 0xf0

#endif
