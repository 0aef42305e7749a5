// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Translations of specifiers, and what domains refuse. */
#include "probe.h"

static int map(struct irq_domain *d, unsigned int v, irq_hw_number_t h)
{
	SAY("map %lu", h);
	irq_set_chip_and_handler(v, &dummy_irq_chip, handle_simple_irq);
	return 0;
}
static void unmap(struct irq_domain *d, unsigned int v)
{
	SAY("unmap %lu", irq_get_irq_data(v)->hwirq);
}
static const struct irq_domain_ops one = {.map = map, .unmap = unmap, .xlate = irq_domain_xlate_onecell},
				   two = {.map = map, .unmap = unmap, .xlate = irq_domain_xlate_twocell},
				   both = {.map = map, .xlate = irq_domain_xlate_onetwocell}, none = {.map = map};

static void spec(const char *name, const struct irq_domain_ops *ops, int n, u32 a, u32 b)
{
	struct fwnode_handle *fw = irq_domain_alloc_named_fwnode(name);
	struct irq_domain *d = irq_domain_create_linear(fw, 16, ops, NULL);
	struct irq_fwspec f = {.fwnode = fw, .param_count = n, .param = {a, b}};
	unsigned int irq = irq_create_fwspec_mapping(&f);

	SAY("%s %d cells: %d type %u", name, n, irq ? (int)irq_get_irq_data(irq)->hwirq : -1,
	    irq ? irq_get_trigger_type(irq) : 0);
	if (irq)
		irq_dispose_mapping(irq);
	irq_domain_remove(d);
	irq_domain_free_fwnode(fw);
}

static void probe(void)
{
	irq_hw_number_t hw = 0;
	unsigned int type = 9;
	const u32 cells[3] = {5, 0xf4, 3};

	spec("one", &one, 1, 3, 0);
	spec("two", &two, 2, 4, 4);
	spec("both", &both, 1, 5, 0);
	spec("both", &both, 2, 5, 8);
	spec("none", &none, 1, 6, 0);
	spec("two", &two, 2, 4, 0x12);
	spec("big", &one, 1, 16, 0);
	FACT(irq_domain_xlate_twocell(NULL, NULL, cells, 2, &hw, &type));
	FACT(hw);
	FACT(type);
	FACT(irq_domain_xlate_onecell(NULL, NULL, cells, 0, &hw, &type));
	FACT(irq_domain_xlate_twocell(NULL, NULL, cells, 1, &hw, &type));
	FACT(irq_domain_xlate_onetwocell(NULL, NULL, cells, 1, &hw, &type));
	FACT(type);
	FACT(irq_create_mapping(NULL, 3));
	FACT(irq_find_mapping(NULL, 3));
	FACT(irq_find_host(NULL) == NULL);
}

static void leave(void)
{
}
