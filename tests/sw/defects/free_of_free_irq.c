// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Trying to free already-free IRQ 
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
	free_irq(irq, &irq);
#ifndef CORRECT
	free_irq(irq, &irq); /* here */
#else
#endif
}

module_init(defect_init);
module_exit(defect_exit);
