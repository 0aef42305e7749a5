/* SPDX-License-Identifier: Apache-2.0 */
/* The registers that the running interrupt handler interrupted (Linux's include/linux/irq_regs.h). NULL outside of interrupts. */
#ifndef _LINUX_IRQ_REGS_H
#define _LINUX_IRQ_REGS_H

#include <linux/percpu.h>

struct pt_regs;

__BEGIN_DECLS
extern struct pt_regs *__irq_regs; /* per CPU */
__END_DECLS

static inline struct pt_regs *get_irq_regs(void)
{
	return *this_cpu_ptr(&__irq_regs);
}

static inline struct pt_regs *set_irq_regs(struct pt_regs *new_regs)
{
	struct pt_regs **p = this_cpu_ptr(&__irq_regs);
	struct pt_regs *old_regs = *p;

	*p = new_regs;
	return old_regs;
}

#endif
