// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Unbalanced enable for IRQ 
#include "defect.h"

static int irq;
static irqreturn_t handler(int n, void *d)
{
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
#ifndef CORRECT
#else
	disable_irq(irq);
#endif
	enable_irq(irq); /* here */
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
