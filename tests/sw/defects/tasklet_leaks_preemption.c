// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: softirq: huh, entered softirq 6 TASKLET
#include "defect.h"

static int irq;
static void bottom_half(struct tasklet_struct *t) /* here */
{
#ifndef CORRECT
	preempt_disable();
#else
#endif
}
static DECLARE_TASKLET(tasklet, bottom_half);

static irqreturn_t handler(int n, void *d)
{
	tasklet_schedule(&tasklet);
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
	tasklet_kill(&tasklet);
}

module_init(defect_init);
module_exit(defect_exit);
