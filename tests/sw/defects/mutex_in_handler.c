// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: sleeping function called from invalid context at 
#include "defect.h"

static int irq;
static DEFINE_MUTEX(lock);

static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	mutex_lock(&lock); /* here */
	mutex_unlock(&lock);
#else
	if (mutex_trylock(&lock))
		mutex_unlock(&lock);
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
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
