// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Linux's simulated interrupts as a module: Debian's kernel is built without them. irq_to_desc() is not for modules. */
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/module.h>
#define irq_to_desc(n) irq_data_to_desc(irq_get_irq_data(n))
#include "kernel/irq/irq_sim.c"
MODULE_LICENSE("GPL");
