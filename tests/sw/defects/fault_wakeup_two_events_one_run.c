// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
// with: --fault wakeup:delay=3ms
#include "defect.h"

static int irq;
static atomic_t events;

static irqreturn_t handler(int n, void *d)
{
	atomic_inc(&events);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int n, void *d)
{
#ifndef CORRECT
	atomic_dec(&events);
	WARN_ON(atomic_read(&events)); /* here */
#else
	atomic_set(&events, 0);
#endif
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, handler, thread, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
