// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
#include "defect.h"

static int irq;
static void expired(struct timer_list *t) { }
static DEFINE_TIMER(timer, expired);

static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	del_timer_sync(&timer); /* here */
#else
	del_timer(&timer);
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
