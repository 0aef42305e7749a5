// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Sharers are called in order, each, and counted once. */
#include "probe.h"

static int order[8], n, cookies[3];
static irqreturn_t h(int irq, void *d)
{
	int i = (int *)d - cookies;

	order[n++] = i;
	return i == 1 ? IRQ_HANDLED : IRQ_NONE;
}

static void probe(void)
{
	unsigned int irq = sim_line(0);
	int i;

	for (i = 0; i < 3; i++)
		FACT(request_irq(irq, h, IRQF_SHARED, i == 0 ? "one" : i == 1 ? "two" : "three", &cookies[i]));
	sim_fire(irq);
	SAY("order %d: %d %d %d", n, order[0], order[1], order[2]);
	SAY("first action's name %s, next %s", desc_of(irq)->action->name, desc_of(irq)->action->next->name);
	SAY("flags %#x", desc_of(irq)->action->flags);
	SAY("freed middle: %s", (const char *)free_irq(irq, &cookies[1]));
	n = 0;
	sim_fire(irq);
	SAY("order %d: %d %d", n, order[0], order[1]);
	free_irq(irq, &cookies[0]);
	free_irq(irq, &cookies[2]);
}

static void leave(void)
{
	sim_end();
}
