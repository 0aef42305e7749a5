// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
#include "defect.h"

static int irq;
static irqreturn_t handler(int n, void *d)
{
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	irq_set_affinity_hint(irq, cpumask_of(1));
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
#ifndef CORRECT
#else
	irq_set_affinity_hint(irq, NULL);
#endif
	free_irq(irq, &irq); /* here */
}

module_init(defect_init);
module_exit(defect_exit);
