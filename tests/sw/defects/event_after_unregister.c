// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Internal error: Oops
#include "defect.h"
#include <linux/input.h>

static struct input_dev *keys;
static int irq;

static irqreturn_t handler(int n, void *d)
{
	input_report_key(keys, KEY_A, 1); /* here */
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	keys = input_allocate_device();
	if (!keys)
		return -ENOMEM;
	input_set_capability(keys, EV_KEY, KEY_A);
	if (input_register_device(keys))
		return -EIO;
#ifndef CORRECT
	input_unregister_device(keys);
#endif
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
#ifdef CORRECT
	input_unregister_device(keys);
#endif
}
module_init(defect_init);
module_exit(defect_exit);
