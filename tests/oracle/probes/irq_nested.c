// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Chained and nested lines: contexts, threads, requests. */
#include "probe.h"

static irqreturn_t hard(int n, void *d)
{
	where("never");
	return IRQ_HANDLED;
}
static irqreturn_t child(int n, void *d)
{
	where("nested");
	SAY("in %.4s", current->comm);
	return IRQ_HANDLED;
}
static unsigned int c;
static irqreturn_t parent(int n, void *d)
{
	handle_nested_irq(c);
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int p = sim_line(0);

	fixed_line(0);
	c = 40;
	irq_set_nested_thread(c, 1);
	FACT(request_irq(c, hard, 0, "hard", &c));
	free_irq(c, &c);
	FACT(request_threaded_irq(c, NULL, child, 0, "child", &c));
	FACT(request_any_context_irq(41, child, 0, "any", &c));
	free_irq(41, &c);
	irq_set_nested_thread(41, 1);
	FACT(request_any_context_irq(41, child, 0, "any", &c));
	free_irq(41, &c);
	irq_set_parent(c, p);
	FACT(desc_of(c)->parent_irq == p);
	FACT(request_threaded_irq(p, NULL, parent, IRQF_ONESHOT, "parent", &p));
	sim_fire(p);
	FACT(desc_of(c)->action->thread == NULL);
	disable_irq(c);
	sim_fire(p);
	enable_irq(c);
	free_irq(p, &p);
	free_irq(c, &c);
}

static void leave(void)
{
	fixed_end();
	sim_end();
}
