// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Trying to free IRQ 
// with: --for 20ms
#include "defect.h"

static int irq;
static void release(struct work_struct *w) { free_irq(irq, &irq); }
static DECLARE_WORK(work, release);

static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	free_irq(n, d); /* here */
#else
	disable_irq_nosync(n);
	schedule_work(&work);
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
	flush_work(&work);
}

module_init(defect_init);
module_exit(defect_exit);
