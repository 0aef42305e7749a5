// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: global-out-of-bounds in handler+
// with: --kasan
#include "defect.h"
#ifdef CORRECT
#define ROOM 8
#else
#define ROOM 1
#endif

static int irq;
static int events[ROOM], next;

static irqreturn_t handler(int n, void *d)
{
	WRITE_ONCE(events[next++], n); /* here */
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
