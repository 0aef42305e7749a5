// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Which numbers lines get, and allocating descriptors. */
#include "probe.h"

static int map_ok(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw)
{
	return hw == 5 ? -ENOMEM : hw == 6 ? -EPERM : 0;
}
static const struct irq_domain_ops ops = {.map = map_ok};

static void probe(void)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 16, &ops, NULL),
			  *t = irq_domain_create_tree(NULL, &ops, NULL);
	int base = irq_create_mapping(d, 0), n;

	SAY("second %d third %d", irq_create_mapping(d, 1) - base, irq_create_mapping(d, 2) - base);
	SAY("again %d", irq_create_mapping(d, 1) - base);
	irq_dispose_mapping(base + 1);
	SAY("freed one is taken again: %d", irq_create_mapping(d, 7) - base);
	SAY("refused %d, not wanted %d", irq_create_mapping(d, 5), irq_create_mapping(d, 6));
	SAY("beyond the size: %d", irq_create_mapping(d, 16));
	SAY("tree far: %d", irq_create_mapping(t, 0x12345678) == irq_find_mapping(t, 0x12345678));
	SAY("find: %d", irq_find_mapping(t, 1));
	n = irq_alloc_descs(-1, 1, 3, -1);
	SAY("three descriptors: %d", n - base);
	SAY("at a taken number: %d", irq_alloc_desc_at(n, -1));
	SAY("from 40: %d", irq_alloc_desc_from(40, -1));
	SAY("of size 0: %d", irq_alloc_descs(-1, 1, 0, -1));
	SAY("too high: %d", irq_alloc_desc_at(1000000, -1));
	irq_free_descs(n, 3);
	irq_free_desc(40);
	SAY("no line: %d", irq_set_handler_data(n, NULL));
	SAY("chip of no line: %d", !!irq_get_chip(n));
	irq_dispose_mapping(irq_find_mapping(t, 0x12345678));
	for (n = 0; n < 16; n++)
		irq_dispose_mapping(irq_find_mapping(d, n));
	irq_domain_remove(d);
	irq_domain_remove(t);
}

static void leave(void)
{
}
