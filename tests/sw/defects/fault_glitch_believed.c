// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
// with: --fault glitch:pin=GPIO3_A5,at=10ms,width=500ns
#include "defect.h"

static int irq, presses;

static irqreturn_t handler(int n, void *d)
{
#ifndef CORRECT
	WARN_ON(!gpio_get_value(BUTTON)); /* here */
#endif
	presses += gpio_get_value(BUTTON);
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
