// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What request_irq() and its relatives return. */
#include "probe.h"

static int a, b;
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int irq = sim_line(0);

	FACT(request_irq(irq, NULL, 0, "x", &a));
	FACT(request_irq(irq, h, IRQF_SHARED, "x", NULL));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_NO_AUTOEN, "x", &a));
	FACT(request_irq(irq, h, IRQF_COND_SUSPEND, "x", &a));
	FACT(request_irq(irq, h, IRQF_NO_SUSPEND | IRQF_COND_SUSPEND, "x", &a));
	FACT(request_irq(irq, h, IRQF_TRIGGER_HIGH, "x", &a));
	FACT(request_irq(irq, h, IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING, "x", &a));
	FACT(irq_get_trigger_type(irq));
	FACT(request_irq(irq, h, IRQF_TRIGGER_RISING, "y", &b));
	free_irq(irq, &a);
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_TRIGGER_RISING, "x", &a));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_TRIGGER_FALLING, "y", &b));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_ONESHOT | IRQF_TRIGGER_RISING, "y", &b));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_PERCPU | IRQF_TRIGGER_RISING, "y", &b));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_TRIGGER_RISING, "y", &b));
	SAY("first name freed: %s", (const char *)free_irq(irq, &a));
	SAY("second name freed: %s", (const char *)free_irq(irq, &b));
	FACT(request_irq(0, h, 0, "x", &a));
	FACT(request_irq(100000, h, 0, "x", &a));
	FACT(request_irq(IRQ_NOTCONNECTED, h, 0, "x", &a));
	FACT(request_any_context_irq(irq, h, 0, "x", &a));
	free_irq(irq, &a);
	FACT(request_percpu_irq(irq, h, "x", NULL));
}

static void leave(void)
{
	sim_end();
}
