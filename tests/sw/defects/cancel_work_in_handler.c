// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: sleeping function called from invalid context at 
#include "defect.h"

static int irq;
static void work(struct work_struct *w) { }
static DECLARE_WORK(item, work);

static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	cancel_work_sync(&item); /* here */
#else
	cancel_work(&item);
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
	cancel_work_sync(&item);
}

module_init(defect_init);
module_exit(defect_exit);
