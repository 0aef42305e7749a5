// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: inconsistent {IN-HARDIRQ-W} -> {HARDIRQ-ON-W} usage.
#include "defect.h"

static int irq;
static DEFINE_SPINLOCK(lock);

static irqreturn_t handler(int n, void *d)
{
	spin_lock(&lock);
	spin_unlock(&lock);
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
	spin_lock(&lock); /* here */
	spin_unlock(&lock);
#else
	spin_lock_irq(&lock);
	spin_unlock_irq(&lock);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
