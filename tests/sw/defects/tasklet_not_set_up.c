// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: is scheduled, but was never set up
#include "defect.h"

static struct tasklet_struct tasklet;
static int irq;

static irqreturn_t handler(int n, void *d)
{
	tasklet_schedule(&tasklet); /* here */
	return IRQ_HANDLED;
}
#ifdef CORRECT
static void function(struct tasklet_struct *t)
{
}
#endif
static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
#ifdef CORRECT
	tasklet_setup(&tasklet, function);
#endif
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
#ifdef CORRECT
	tasklet_kill(&tasklet);
#endif
}
module_init(defect_init);
module_exit(defect_exit);
