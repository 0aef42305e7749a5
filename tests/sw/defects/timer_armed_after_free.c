// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: activate not available (active state 0) object type: timer_list
#include "defect.h"

static struct timer_list *timer;
static int irq;

static void expired(struct timer_list *t)
{
}
static irqreturn_t handler(int n, void *d)
{
	mod_timer(timer, jiffies + 1); /* here */
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	timer = kzalloc(sizeof(*timer), GFP_KERNEL);
	if (!timer)
		return -ENOMEM;
	timer_setup(timer, expired, 0);
	if (request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq))
		return -EBUSY;
#ifndef CORRECT
	kfree(timer);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
#ifdef CORRECT
	del_timer_sync(timer), kfree(timer);
#endif
}
module_init(defect_init);
module_exit(defect_exit);
