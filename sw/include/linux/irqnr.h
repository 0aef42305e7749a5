/* SPDX-License-Identifier: Apache-2.0 */
/* The space of Linux interrupt numbers (Linux 6.1, include/linux/irqnr.h). */
#ifndef _LINUX_IRQNR_H
#define _LINUX_IRQNR_H

#include <linux/compiler.h>

__BEGIN_DECLS

struct irq_desc;

/* One more than the highest number in use or preallocated; grows as numbers are allocated. */
extern int nr_irqs;
/* NULL: no such interrupt. Not exported to modules, as in Linux 6.1. */
struct irq_desc *irq_to_desc(unsigned int irq);
/* The first allocated number >= offset, or nr_irqs. */
unsigned int irq_get_next_irq(unsigned int offset);

__END_DECLS

#define for_each_irq_nr(irq) for (irq = 0; irq < nr_irqs; irq++)

#define for_each_active_irq(irq) for (irq = 0; (irq = irq_get_next_irq(irq)) < nr_irqs; irq++)

/* desc is NULL after the last. */
#define for_each_irq_desc(irq, desc)                                                                                   \
	for (irq = 0; desc = irq_to_desc(irq), irq < nr_irqs; irq++)                                                   \
		if (!desc)                                                                                             \
			continue;                                                                                      \
		else

#endif
