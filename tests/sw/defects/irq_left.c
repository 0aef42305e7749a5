// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module irq_left unloaded with irq 
#include "defect.h"

static int irq;
static irqreturn_t handler(int n, void *d) /* here */
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
#ifdef CORRECT
	free_irq(irq, &irq);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
