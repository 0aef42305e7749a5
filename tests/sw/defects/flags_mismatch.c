// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: genirq: Flags mismatch irq 
#include "defect.h"

static int irq;
static irqreturn_t handler(int n, void *d) { return IRQ_HANDLED; }

#ifndef CORRECT
#define FLAGS IRQF_TRIGGER_RISING
#else
#define FLAGS (IRQF_TRIGGER_RISING | IRQF_SHARED)
#endif
static int first, second, both;

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	if (request_irq(irq, handler, FLAGS, "first", &first))
		return -EBUSY;
	both = !request_irq(irq, handler, FLAGS, "second", &second); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	free_irq(irq, &first);
	if (both)
		free_irq(irq, &second);
}

module_init(defect_init);
module_exit(defect_exit);
