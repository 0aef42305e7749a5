/* SPDX-License-Identifier: Apache-2.0 */
/* What the drivers of all GICs have in common (Linux 6.1). */
#ifndef __LINUX_IRQCHIP_ARM_GIC_COMMON_H
#define __LINUX_IRQCHIP_ARM_GIC_COMMON_H

#include <linux/compiler.h>
#include <linux/irqchip/arm-vgic-info.h>

/* The priority that Linux gives every interrupt: the middle, so that pseudo-NMIs would fit above it. */
#define GICD_INT_DEF_PRI    0xa0
#define GICD_INT_DEF_PRI_X4 ((GICD_INT_DEF_PRI << 24) | (GICD_INT_DEF_PRI << 16) | (GICD_INT_DEF_PRI << 8) | GICD_INT_DEF_PRI)

struct fwnode_handle;
struct irq_domain;

__BEGIN_DECLS
/* A GIC's frames for messages (GICv2m), below its node: 0, or why there are none. At boot. There is no driver for them here. */
int gicv2m_init(struct fwnode_handle *parent_handle, struct irq_domain *parent);
__END_DECLS

#endif
