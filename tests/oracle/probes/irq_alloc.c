// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Allocating descriptors: numbers, refusals, what a fresh one has. */
#include "probe.h"

static void probe(void)
{
	int a;
	struct irq_desc *d;

	FACT(irq_alloc_desc_at(60, -1));
	FACT(irq_alloc_desc_at(60, -1));
	FACT(irq_alloc_descs(-1, 60, 2, -1));
	FACT(irq_alloc_descs(61, 0, 1, -1));
	FACT(irq_alloc_descs(70, 70, 4, 0));
	FACT(irq_alloc_descs(71, 71, 2, 0));
	FACT(irq_alloc_descs(-1, 70, 2, 0));
	FACT(irq_alloc_descs(-1, 0, 0, 0));
	FACT(irq_alloc_descs(80, 90, 1, 0));
	a = 60;
	d = desc_of(a);
	SAY("chip %s depth %u count %u unhandled %u status %#x name %s", irq_get_chip(a)->name, d->depth, d->irq_count,
	    d->irqs_unhandled, d->status_use_accessors, d->name ?: "none");
	SAY("disabled %d masked %d handler bad %d", irqd_irq_disabled(&d->irq_data), irqd_irq_masked(&d->irq_data),
	    d->handle_irq == handle_bad_irq);
	SAY("affinity %*pbl node %d", cpumask_pr_args(irq_get_affinity_mask(a)), irq_data_get_node(&d->irq_data));
	FACT(request_irq(a, no_action, 0, "none", &a));
	irq_set_chip(a, &dummy_irq_chip);
	FACT(request_irq(a, no_action, 0, "none", &a));
	irq_set_handler(a, handle_simple_irq);
	FACT(request_irq(a, no_action, 0, "none", &a));
	FACT(d->depth);
	free_irq(a, &a);
	irq_free_descs(60, 1);
	FACT(irq_get_irq_data(60) == NULL);
	irq_free_descs(61, 2);
	irq_free_descs(70, 6);
	FACT(irq_alloc_desc_from(60, -1));
	irq_free_desc(60);
}

static void leave(void)
{
}
