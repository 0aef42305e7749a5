// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible irq lock inversion dependency detected
#include "defect.h"

static int irq;
static DEFINE_SPINLOCK(safe);
static DEFINE_SPINLOCK(unsafe);

static irqreturn_t handler(int n, void *d)
{
	spin_lock(&safe); /* here */
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
	spin_lock_irq(&safe);
	spin_lock(&unsafe);
	spin_unlock(&unsafe);
	spin_unlock_irq(&safe);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
