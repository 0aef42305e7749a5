/* SPDX-License-Identifier: Apache-2.0 */
/* How a controller's driver says which node it is for (Linux 6.1, include/linux/irqchip.h). */
#ifndef _LINUX_IRQCHIP_H
#define _LINUX_IRQCHIP_H

#include <linux/of.h>
#include <linux/of_irq.h>

/* `fn` is of type of_irq_init_cb_t: (node, parent controller's node or NULL). */
#define IRQCHIP_DECLARE(name, compat, fn) OF_DECLARE_2(irqchip, name, compat, fn)

__BEGIN_DECLS
/* Starts every controller of the device tree, parents first. At boot, interrupts masked. */
void irqchip_init(void);
__END_DECLS

#endif
