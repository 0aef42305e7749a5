// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Unable to handle kernel NULL pointer dereference at virtual address 
// with: --fault spurious:pin=GPIO3_A5,at=500us
#include "defect.h"

static int irq, value;
static int *request; /* set while the device is asked for something */

static irqreturn_t handler(int n, void *d)
{
#ifdef CORRECT
	if (!request)
		return IRQ_NONE;
#endif
	*request = 1; /* here */
	return IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_FALLING, "defect", &irq);
}

static void __exit defect_exit(void)
{
	request = &value;
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
