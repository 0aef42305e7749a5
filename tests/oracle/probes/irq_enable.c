// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Depth of disabling, what comes meanwhile, and the warnings. */
#include "probe.h"

static int calls;
static irqreturn_t h(int n, void *d)
{
	calls++;
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int irq = sim_line(1);

	irq_set_status_flags(irq, IRQ_NOAUTOEN);
	FACT(request_irq(irq, h, IRQF_TRIGGER_RISING, "x", &calls));
	FACT(desc_of(irq)->depth);
	sim_fire(irq);
	FACT(calls);
	enable_irq(irq);
	FACT(desc_of(irq)->depth);
	sim_fire(irq);
	FACT(calls);
	disable_irq(irq);
	disable_irq(irq);
	FACT(desc_of(irq)->depth);
	sim_fire(irq);
	FACT(calls);
	enable_irq(irq);
	enable_irq(irq);
	msleep(20);
	FACT(calls);
	enable_irq(irq);
	FACT(desc_of(irq)->depth);
	FACT(disable_hardirq(irq));
	enable_irq(irq);
	FACT(irq_set_irq_wake(irq, 1));
	FACT(irq_set_irq_wake(irq, 0));
	FACT(irq_set_irq_wake(irq, 0));
	free_irq(irq, &calls);
	irq_clear_status_flags(irq, IRQ_NOAUTOEN);
}

static void leave(void)
{
	sim_end();
}
