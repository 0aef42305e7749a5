// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: its handler waits for itself to end
// with: --for 1500us
#include "defect.h"

static int irq;
static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	disable_irq(n); /* here */
#else
	disable_irq_nosync(n);
#endif
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	msleep(1);
	enable_irq(irq);
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
