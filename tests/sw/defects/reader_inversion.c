// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible irq lock inversion dependency detected
#include "defect.h"

static DEFINE_RWLOCK(a);
static DEFINE_RWLOCK(b);
static int irq;

static irqreturn_t handler(int n, void *d)
{
	read_lock(&b); /* here */
	read_unlock(&b);
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	read_lock(&a);
	read_unlock(&a);
	write_lock_irq(&b);
#ifndef CORRECT
	write_lock(&a); /* a reader of a, interrupted, waits for b */
	write_unlock(&a);
#endif
	write_unlock_irq(&b);
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
