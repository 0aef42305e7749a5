/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupt numbers and the root handler (arm64's asm/irq.h). */
#ifndef __ASM_IRQ_H
#define __ASM_IRQ_H

#include <linux/compiler.h>

/* Numbers that exist at boot; the space grows when more are allocated. arm64 has no legacy numbers. */
#define NR_IRQS	       64
#define NR_IRQS_LEGACY 0

struct pt_regs;

__BEGIN_DECLS
/* What the IRQ vector calls with interrupts masked, between irq_enter and irq_exit. Set once, by the root controller. */
extern void (*handle_arch_irq)(struct pt_regs *regs);
/* 0, or -EBUSY: there is one. */
int set_handle_irq(void (*handle_irq)(struct pt_regs *regs));
__END_DECLS

#endif
