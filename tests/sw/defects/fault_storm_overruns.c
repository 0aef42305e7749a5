// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Right Redzone overwritten
// with: --fault storm:pin=GPIO3_A5,at=10ms,count=101,period=20us
#include "defect.h"

static int irq;
static unsigned int used;
static char *log;

static irqreturn_t handler(int n, void *d)
{
#ifdef CORRECT
	if (used == 100)
		return IRQ_HANDLED;
#endif
	log[used++] = 0;
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	log = kmalloc(100, GFP_KERNEL);
	if (!log)
		return -ENOMEM;
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
	kfree(log); /* here */
}

module_init(defect_init);
module_exit(defect_exit);
