// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: nobody cared (try booting with the "irqpoll" option)
// with: --for 500ms --fault stuck:pin=GPIO3_A5,level=1,at=5ms
#include "defect.h"

static int irq, calls;

static irqreturn_t handler(int n, void *d) /* here */
{
#ifdef CORRECT
	if (++calls > 1000) { /* stuck: give the line up */
		disable_irq_nosync(irq);
		return IRQ_HANDLED;
	}
#else
	calls++;
#endif
	return gpio_get_value(BUTTON) ? IRQ_NONE : IRQ_HANDLED;
}

static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_HIGH, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}

module_init(defect_init);
module_exit(defect_exit);
