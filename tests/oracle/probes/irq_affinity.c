// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What irq_set_affinity() and the hints do and return. */
#include "probe.h"

static unsigned int irq;
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	struct cpumask none;

	cpumask_clear(&none);
	irq = sim_line(1);
	FACT(irq_set_affinity(irq, cpumask_of(1)));
	FACT(request_irq(irq, h, 0, "x", &irq));
	FACT(irq_set_affinity(irq, cpumask_of(1)));
	FACT(irq_set_affinity(irq, &none));
	FACT(irq_set_affinity_and_hint(irq, cpumask_of(2)));
	SAY("hint %*pbl", cpumask_pr_args(desc_of(irq)->affinity_hint));
	FACT(irq_update_affinity_hint(irq, NULL));
	FACT(irq_update_affinity_hint(100000, NULL));
	FACT(irq_set_affinity_hint(100000, NULL));
	SAY("affinity %*pbl", cpumask_pr_args(irq_get_affinity_mask(irq)));
	free_irq(irq, &irq);
}

static void leave(void)
{
	sim_end();
}
