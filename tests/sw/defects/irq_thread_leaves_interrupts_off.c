// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: irq thread function thread
#include "defect.h"

static int irq;

static irqreturn_t thread(int n, void *d) /* here */
{
	local_irq_disable();
#ifdef CORRECT
	local_irq_enable();
#endif
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
