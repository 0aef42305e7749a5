// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: slab-out-of-bounds in handler+
// with: --kasan
#include "defect.h"
#ifdef CORRECT
#define LAST 99
#else
#define LAST 100
#endif

static int irq;
static char *object;

static irqreturn_t handler(int n, void *d)
{
	object[LAST] = 1; /* here */
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	object = kzalloc(100, GFP_KERNEL);
	if (!object)
		return -ENOMEM;
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
	kfree(object);
}

module_init(defect_init);
module_exit(defect_exit);
