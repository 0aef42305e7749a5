// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: still has locks held!
#include "defect.h"

static DEFINE_MUTEX(lock);
static int irq;

static irqreturn_t thread(int n, void *d)
{
	if (mutex_trylock(&lock)) /* here */
#ifdef CORRECT
		mutex_unlock(&lock)
#endif
		;
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, NULL, thread, IRQF_TRIGGER_RISING | IRQF_ONESHOT, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}
module_init(defect_init);
module_exit(defect_exit);
