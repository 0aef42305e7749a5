// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* irqdomains: finding, names, bus tokens, hosts, many at once, disposing, refusals. */
#include "probe.h"

static int refuse;
static int map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw)
{
	SAY("map hw %lu", hw);
	if (hw == refuse)
		return -EINVAL;
	irq_set_chip_and_handler(virq, &fixed_chip, handle_simple_irq);
	return 0;
}
static void unmap(struct irq_domain *d, unsigned int virq)
{
	SAY("unmap");
}
static const struct irq_domain_ops ops = {.map = map, .unmap = unmap, .xlate = irq_domain_xlate_onetwocell};

static void probe(void)
{
	struct fwnode_handle *fw = irq_domain_alloc_named_fwnode("oracle"),
			     *id = irq_domain_alloc_named_id_fwnode("oid", 5);
	struct irq_domain *d = irq_domain_create_linear(fw, 6, &ops, NULL), *t, *l;
	struct irq_fwspec spec = {.fwnode = fw, .param_count = 1, .param = {2}};
	unsigned int a, b, type;
	unsigned long hw;

	refuse = 5;
	SAY("[%s] [%pfw]", d->name, fw);
	FACT(d->bus_token);
	FACT(d->hwirq_max);
	FACT(d->revmap_size);
	FACT(irq_find_host(NULL) == NULL);
	FACT(irq_find_matching_fwnode(fw, DOMAIN_BUS_ANY) == d);
	FACT(irq_find_matching_fwnode(fw, DOMAIN_BUS_WIRED) == NULL);
	irq_domain_update_bus_token(d, DOMAIN_BUS_WIRED);
	SAY("[%s]", d->name);
	FACT(irq_find_matching_fwnode(fw, DOMAIN_BUS_WIRED) == d);
	a = irq_create_fwspec_mapping(&spec);
	FACT(a != 0);
	FACT(irq_create_fwspec_mapping(&spec) == a);
	FACT(irq_find_mapping(d, 2) == a);
	FACT(irq_find_mapping(d, 3));
	FACT(irq_create_mapping(d, 5));
	FACT(irq_create_mapping(d, 2) == a);
	FACT(irq_linear_revmap(d, 2) == a);
	FACT(irq_get_irq_data(a)->hwirq);
	FACT(irq_get_irq_data(a)->domain == d);
	spec.param_count = 2;
	spec.param[0] = 3;
	spec.param[1] = IRQ_TYPE_EDGE_RISING;
	b = irq_create_fwspec_mapping(&spec);
	FACT(irq_get_trigger_type(b));
	spec.param[1] = IRQ_TYPE_LEVEL_LOW;
	FACT(irq_create_fwspec_mapping(&spec));
	FACT(d->mapcount);
	FACT(irq_domain_xlate_onecell(d, NULL, (u32[]){7, 8}, 2, &hw, &type));
	SAY("%lu %u", hw, type);
	FACT(irq_domain_xlate_twocell(d, NULL, (u32[]){7, 8}, 2, &hw, &type));
	SAY("%lu %u", hw, type);
	FACT(irq_domain_xlate_onetwocell(d, NULL, (u32[]){7}, 1, &hw, &type));
	SAY("%lu %u", hw, type);
	irq_dispose_mapping(0);
	irq_dispose_mapping(a);
	FACT(irq_find_mapping(d, 2));
	irq_dispose_mapping(b);
	FACT(d->mapcount);
	t = irq_domain_create_tree(id, &ops, NULL);
	SAY("[%s] max %lx size %u", t->name, t->hwirq_max, t->revmap_size);
	a = irq_create_mapping(t, 0x100000);
	FACT(irq_find_mapping(t, 0x100000) == a);
	irq_dispose_mapping(a);
	FACT(generic_handle_domain_irq(t, 77));
	l = irq_domain_create_legacy(NULL, 4, 90, 0, &ops, NULL);
	FACT(l == NULL);
	irq_domain_remove(l);
	irq_domain_remove(t);
	irq_domain_remove(d);
	irq_domain_free_fwnode(fw);
	irq_domain_free_fwnode(id);
}

static void leave(void)
{
}
