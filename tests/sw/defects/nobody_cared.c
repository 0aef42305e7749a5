// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: nobody cared (try booting with the "irqpoll" option)
// with: --level --for 500ms
#include "defect.h"

static int irq;
static int __maybe_unused calls;

static irqreturn_t handler(int n, void *d) /* here */
{
#ifndef CORRECT
	return IRQ_NONE;
#else
	return ++calls < 10 ? IRQ_NONE : IRQ_HANDLED;
#endif
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
