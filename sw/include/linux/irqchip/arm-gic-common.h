/* SPDX-License-Identifier: Apache-2.0 */
#ifndef __LINUX_IRQCHIP_ARM_GIC_COMMON_H
#define __LINUX_IRQCHIP_ARM_GIC_COMMON_H

/* The priority that Linux gives every interrupt: the middle, so that pseudo-NMIs would fit above it. */
#define GICD_INT_DEF_PRI    0xa0
#define GICD_INT_DEF_PRI_X4 ((GICD_INT_DEF_PRI << 24) | (GICD_INT_DEF_PRI << 16) | (GICD_INT_DEF_PRI << 8) | GICD_INT_DEF_PRI)

#endif
