// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A line that nothing cares for: messages and state. */
#include "probe.h"

static unsigned int irq;
static unsigned long calls;
static irqreturn_t none(int n, void *d)
{
	calls++;
	return IRQ_NONE;
}
static void run_now(struct irq_work *w)
{
	int i;

	for (i = 0; i < 1000; i++)
		generic_handle_irq(irq);
}
static struct irq_work work = IRQ_WORK_INIT_HARD(run_now);
static const struct irq_domain_ops ops = {};

static void probe(void)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 1, &ops, NULL);
	int i;

	irq = irq_create_mapping(d, 0);
	irq_set_chip_and_handler(irq, &dummy_irq_chip, handle_simple_irq);
	FACT(request_irq(irq, none, 0, "spurious", &irq));
	for (i = 0; i < 101; i++) {
		irq_work_queue(&work);
		irq_work_sync(&work);
	}
	FACT(calls);
	FACT(desc_of(irq)->depth);
	FACT(desc_of(irq)->irqs_unhandled);
	FACT(desc_of(irq)->irq_count);
	msleep(250);
	SAY("polled: %d", calls > 100000);
	free_irq(irq, &irq);
	irq_dispose_mapping(irq);
	irq_domain_remove(d);
}

static void leave(void)
{
}
