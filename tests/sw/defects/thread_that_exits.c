// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: is an active IRQ thread (irq 
#include "defect.h"

static int irq;
static irqreturn_t thread(int n, void *d) /* here */
{
#ifndef CORRECT
	kthread_complete_and_exit(NULL, 0);
#else
#endif
	return IRQ_HANDLED;
}

static irqreturn_t handler(int n, void *d)
{
	return IRQ_WAKE_THREAD;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, handler, thread, IRQF_TRIGGER_RISING | IRQF_ONESHOT, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
