/* SPDX-License-Identifier: Apache-2.0 */
/* What the GIC's driver tells a hypervisor in the kernel (Linux 6.1, include/linux/irqchip/arm-vgic-info.h). */
#ifndef __LINUX_IRQCHIP_ARM_VGIC_INFO_H
#define __LINUX_IRQCHIP_ARM_VGIC_INFO_H

#include <linux/ioport.h>
#include <linux/types.h>

enum gic_type { GIC_V2, GIC_V3 };

struct gic_kvm_info {
	enum gic_type type;
	unsigned int maint_irq; /* Linux's number of the maintenance interrupt, 0: none */
	bool no_maint_irq_mask; /* it cannot be masked */
	bool no_hw_deactivation;
	bool has_v4, has_v4_1;
	struct resource vcpu, vctrl; /* virtual CPU interface and its control, of a GIC that has them in memory */
};

/* There is no KVM. */
static inline void vgic_set_kvm_info(const struct gic_kvm_info *info)
{
}

#endif
