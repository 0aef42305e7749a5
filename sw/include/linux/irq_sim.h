/* SPDX-License-Identifier: Apache-2.0 */
/* Simulated interrupts for tests of drivers (Linux 6.1, include/linux/irq_sim.h): fired by irq_set_irqchip_state(PENDING). */
#ifndef _LINUX_IRQ_SIM_H
#define _LINUX_IRQ_SIM_H

#include <linux/device.h>
#include <linux/fwnode.h>
#include <linux/irqdomain.h>

__BEGIN_DECLS
/* ERR_PTR on failure. May sleep. */
struct irq_domain *irq_domain_create_sim(struct fwnode_handle *fwnode, unsigned int num_irqs);
struct irq_domain *devm_irq_domain_create_sim(struct device *dev, struct fwnode_handle *fwnode, unsigned int num_irqs);
void irq_domain_remove_sim(struct irq_domain *domain);
__END_DECLS

#endif
