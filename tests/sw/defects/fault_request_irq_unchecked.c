// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Trying to free already-free IRQ
// with: --fault request_irq
#include "defect.h"

static int irq, error;

static irqreturn_t handler(int n, void *d)
{
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	error = request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	if (error)
		return;
#endif
	free_irq(irq, &irq); /* here */
}

module_init(defect_init);
module_exit(defect_exit);
