// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Unable to handle kernel NULL pointer dereference at virtual address 
#include "defect.h"

static int irq;
struct object {
	int count;
};
static struct object *object;

static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	object->count++; /* here */
#else
	if (object)
		object->count++;
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
