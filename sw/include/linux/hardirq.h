/* SPDX-License-Identifier: Apache-2.0 */
/* Entering and leaving interrupts (Linux's include/linux/hardirq.h). irq_enter and friends are in kernel/softirq. */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H

#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/types.h>

#define __irq_enter() __preempt_count_add(HARDIRQ_OFFSET)
#define __irq_enter_raw() __preempt_count_add(HARDIRQ_OFFSET)
#define __irq_exit() __preempt_count_sub(HARDIRQ_OFFSET)
#define __irq_exit_raw() __preempt_count_sub(HARDIRQ_OFFSET)

#define nmi_enter() __preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET)
#define nmi_exit() __preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET)
#define __nmi_enter() nmi_enter()
#define __nmi_exit() nmi_exit()

__BEGIN_DECLS
/* Waits for every CPU to leave the handlers of `irq`, threads included. May sleep. */
void synchronize_irq(unsigned int irq);
/* The same for the hard part only; false if threads are still active. Any context but a handler of `irq`. */
bool synchronize_hardirq(unsigned int irq);

/* Interrupt context accounting; called with I masked. irq_exit serves pending softirqs when it leaves the outermost interrupt. */
void irq_enter(void);
void irq_enter_rcu(void);
void irq_exit(void);
void irq_exit_rcu(void);

/* RCU's view of an interrupt that may have woken an idle CPU (kernel/rcu). I masked. */
void rcu_irq_enter(void);
void rcu_irq_exit(void);

/* An interrupt number that has no handler: arm64 counts it (the Err row of /proc/interrupts). */
void ack_bad_irq(unsigned int irq);
extern unsigned long irq_err_count;
__END_DECLS

#endif
