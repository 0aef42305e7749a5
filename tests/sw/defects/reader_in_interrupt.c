// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: HARDIRQ-READ-safe -> HARDIRQ-READ-unsafe lock order detected
#include "defect.h"

static DEFINE_RWLOCK(a);
static DEFINE_RWLOCK(b);
static int irq;
static irqreturn_t handler(int n, void *d)
{
	read_lock(&b);
	read_unlock(&b);
	return IRQ_HANDLED;
}

static void swap_order(struct work_struct *w)
{
	read_lock(&a);
	read_unlock(&a);
	write_lock_irq(&b);
#ifndef CORRECT
	write_lock(&a); /* here */
	write_unlock(&a);
#endif
	write_unlock_irq(&b);
}
static DECLARE_DELAYED_WORK(work, swap_order);

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	schedule_delayed_work(&work, msecs_to_jiffies(20));
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}
static void __exit defect_exit(void)
{
	cancel_delayed_work_sync(&work);
	free_irq(irq, &irq);
}
module_init(defect_init);
module_exit(defect_exit);
