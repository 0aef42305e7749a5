// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected
#include "defect.h"

static int irq;
static DEFINE_SPINLOCK(safe);
static DEFINE_SPINLOCK(unsafe);

static irqreturn_t handler(int n, void *d)
{
	spin_lock(&safe);
	spin_unlock(&safe);
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
#ifndef CORRECT
	spin_lock(&unsafe);
	spin_unlock(&unsafe);
#else
#endif
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
	spin_lock_irq(&safe);
	spin_lock(&unsafe); /* here */
	spin_unlock(&unsafe);
	spin_unlock_irq(&safe);
}

module_init(defect_init);
module_exit(defect_exit);
