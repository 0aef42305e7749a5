// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: IRQF_ONESHOT is missing on a level
#include "defect.h"

static int irq;

static irqreturn_t check(int n, void *d)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t serve(int n, void *d)
{
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	unsigned long flags = IRQF_TRIGGER_HIGH;

#ifdef CORRECT
	flags |= IRQF_ONESHOT;
#endif
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, check, serve, flags, "defect", &irq); /* here */
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
