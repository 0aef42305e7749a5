// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: irq domains. */
#define pr_fmt(fmt) "domains: " fmt

#include "claims.h"

static int refusal;

static int simple_map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq)
{
	if (refusal)
		return refusal;
	irq_set_chip_and_handler(virq, &dummy_irq_chip, handle_simple_irq);
	return 0;
}

static int unmapped;

static void simple_unmap(struct irq_domain *d, unsigned int virq)
{
	unmapped++;
}

static const struct irq_domain_ops simple_ops = {.map = simple_map, .unmap = simple_unmap};

static unsigned int hits[2];

static irqreturn_t hit(int irq, void *dev)
{
	++*(unsigned int *)dev;
	return IRQ_HANDLED;
}

CLAIM(a_linear_domain_gives_each_hwirq_one_virq)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);
	unsigned int first = irq_create_mapping(d, 0), last = irq_create_mapping(d, 7);

	EXPECT(first && last && first != last);
	EXPECT_EQ(irq_create_mapping(d, 0), first);
	EXPECT_EQ(irq_find_mapping(d, 7), last);
	EXPECT_EQ(irq_find_mapping(d, 3), 0);
	EXPECT_EQ(irq_get_irq_data(last)->hwirq, 7);
	EXPECT(irq_get_irq_data(last)->domain == d);
	irq_dispose_mapping(first);
	irq_dispose_mapping(last);
	irq_domain_remove(d);
}

CLAIM(a_hwirq_beyond_the_domain_is_refused_with_a_warning)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);

	EXPECT_EQ(irq_create_mapping(d, 8), 0);
	irq_domain_remove(d);
}

CLAIM(a_tree_domain_maps_hwirqs_of_any_size)
{
	struct irq_domain *d = irq_domain_create_tree(NULL, &simple_ops, NULL);
	unsigned int small = irq_create_mapping(d, 5), large = irq_create_mapping(d, 0x123456789);

	EXPECT(small && large && small != large);
	EXPECT_EQ(irq_find_mapping(d, 0x123456789), large);
	EXPECT_EQ(irq_find_mapping(d, 5), small);
	EXPECT_EQ(irq_find_mapping(d, 0x23456789), 0);
	irq_dispose_mapping(large);
	EXPECT_EQ(irq_find_mapping(d, 0x123456789), 0);
	EXPECT_EQ(irq_find_mapping(d, 5), small);
	irq_dispose_mapping(small);
	irq_domain_remove(d);
}

CLAIM(equal_hwirqs_of_two_controllers_are_two_irqs)
{
	struct irq_domain *a = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);
	struct irq_domain *b = irq_domain_create_tree(NULL, &simple_ops, NULL);
	unsigned int irq_a = irq_create_mapping(a, 5), irq_b = irq_create_mapping(b, 5);

	EXPECT(irq_a != irq_b);
	EXPECT_EQ(request_irq(irq_a, hit, 0, "a", &hits[0]), 0);
	EXPECT_EQ(request_irq(irq_b, hit, 0, "b", &hits[1]), 0);
	local_irq_disable();
	generic_handle_domain_irq(a, 5);
	generic_handle_domain_irq(b, 5);
	generic_handle_domain_irq(b, 5);
	local_irq_enable();
	EXPECT_EQ(hits[0], 1);
	EXPECT_EQ(hits[1], 2);
	free_irq(irq_a, &hits[0]);
	free_irq(irq_b, &hits[1]);
	irq_dispose_mapping(irq_a);
	irq_dispose_mapping(irq_b);
	irq_domain_remove(a);
	irq_domain_remove(b);
}

CLAIM(an_unmapped_hwirq_is_EINVAL_to_the_demultiplexer)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);

	local_irq_disable();
	EXPECT_EQ(generic_handle_domain_irq(d, 5), -EINVAL);
	local_irq_enable();
	irq_domain_remove(d);
}

CLAIM(a_virq_is_the_hwirqs_number_or_the_next_free_one)
{
	struct irq_domain *a = irq_domain_create_tree(NULL, &simple_ops, NULL);
	struct irq_domain *b = irq_domain_create_tree(NULL, &simple_ops, NULL);
	unsigned int one = irq_create_mapping(a, 60), two = irq_create_mapping(b, 60), zero;

	EXPECT_EQ(one, 60);
	EXPECT_EQ(two, 61);
	/* Modulo the number of irqs, and never 0. */
	irq_dispose_mapping(one);
	one = irq_create_mapping(a, (unsigned long)nr_irqs * 5 + 60);
	EXPECT_EQ(one, 60);
	zero = irq_create_mapping(a, 0);
	EXPECT(zero > 0);
	irq_dispose_mapping(one);
	irq_dispose_mapping(two);
	irq_dispose_mapping(zero);
	irq_domain_remove(a);
	irq_domain_remove(b);
}

CLAIM(the_virq_allocator_is_sparse_and_grows)
{
	int before = nr_irqs, base;

	base = irq_alloc_descs(-1, 1000, 10, 0);
	EXPECT_EQ(base, 1000);
	EXPECT(nr_irqs >= 1010 && nr_irqs > before);
	/* An exact number that is taken; one that is free; a hole that is too small for what is asked. */
	EXPECT_EQ(irq_alloc_descs(1005, 1005, 1, 0), -EEXIST);
	EXPECT_EQ(irq_alloc_descs(1010, 1010, 1, 0), 1010);
	irq_free_descs(1002, 3);
	EXPECT_EQ(irq_alloc_descs(-1, 1000, 4, 0), 1011);
	EXPECT_EQ(irq_alloc_descs(-1, 1000, 3, 0), 1002);
	EXPECT_EQ(irq_alloc_descs(-1, 0, 0, 0), -EINVAL);
	EXPECT_EQ(irq_alloc_descs(3, 4, 1, 0), -EINVAL);
	irq_free_descs(1000, 15);
	EXPECT(!irq_get_irq_data(1005));
}

CLAIM(disposing_a_mapping_unmaps_it_and_frees_the_number)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);
	unsigned int virq = irq_create_mapping(d, 2);

	EXPECT_EQ(d->mapcount, 1);
	irq_dispose_mapping(virq);
	EXPECT_EQ(unmapped, 1);
	EXPECT_EQ(d->mapcount, 0);
	EXPECT_EQ(irq_find_mapping(d, 2), 0);
	EXPECT(!irq_get_irq_data(virq));
	EXPECT_EQ(irq_create_mapping(d, 2), virq);
	irq_dispose_mapping(virq);
	irq_domain_remove(d);
}

CLAIM(a_refusal_of_the_controller_is_said_and_leaves_nothing)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);

	refusal = -ENXIO;
	EXPECT_EQ(irq_create_mapping(d, 3), 0);
	EXPECT_EQ(irq_find_mapping(d, 3), 0);
	refusal = 0;
	irq_domain_remove(d);
}

CLAIM(EPERM_of_the_controller_is_refused_silently)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);

	refusal = -EPERM;
	EXPECT_EQ(irq_create_mapping(d, 3), 0);
	refusal = 0;
	irq_domain_remove(d);
}

CLAIM(an_irq_is_associated_by_hand_once)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);
	int virq = irq_alloc_desc(0);

	EXPECT_EQ(irq_domain_associate(d, virq, 4), 0);
	EXPECT_EQ(irq_find_mapping(d, 4), virq);
	EXPECT_EQ(irq_domain_associate(d, virq, 5), -EINVAL);
	EXPECT_EQ(irq_find_mapping(d, 5), 0);
	irq_dispose_mapping(virq);
	irq_domain_remove(d);
}

CLAIM(a_simple_domain_with_a_first_irq_is_mapped_at_once)
{
	struct irq_domain *d = irq_domain_create_simple(NULL, 4, 200, &simple_ops, NULL);
	int i;

	for (i = 0; i < 4; i++)
		EXPECT_EQ(irq_find_mapping(d, i), 200 + i);
	for (i = 0; i < 4; i++)
		irq_dispose_mapping(200 + i);
	irq_domain_remove(d);
}

CLAIM(a_legacy_domain_maps_given_irqs_from_a_first_hwirq)
{
	int base = irq_alloc_descs(-1, 300, 4, 0), i;
	struct irq_domain *d = irq_domain_add_legacy(NULL, 4, base, 16, &simple_ops, NULL);

	for (i = 0; i < 4; i++)
		EXPECT_EQ(irq_find_mapping(d, 16 + i), base + i);
	EXPECT_EQ(irq_find_mapping(d, 15), 0);
	for (i = 0; i < 4; i++)
		irq_dispose_mapping(base + i);
	irq_domain_remove(d);
}

static unsigned long hwirq_out;
static unsigned int type_out;

CLAIM(one_cell_is_the_hwirq)
{
	static const u32 cells[] = {9, IRQ_TYPE_EDGE_FALLING};

	EXPECT_EQ(irq_domain_xlate_onecell(NULL, NULL, cells, 1, &hwirq_out, &type_out), 0);
	EXPECT_EQ(hwirq_out, 9);
	EXPECT_EQ(type_out, IRQ_TYPE_NONE);
}

CLAIM(two_cells_are_the_hwirq_and_the_type)
{
	static const u32 cells[] = {9, 0x100 | IRQ_TYPE_EDGE_FALLING};

	EXPECT_EQ(irq_domain_xlate_twocell(NULL, NULL, cells, 2, &hwirq_out, &type_out), 0);
	EXPECT_EQ(hwirq_out, 9);
	EXPECT_EQ(type_out, IRQ_TYPE_EDGE_FALLING);
}

CLAIM(too_few_cells_are_EINVAL_with_a_warning)
{
	static const u32 cells[] = {9};

	EXPECT_EQ(irq_domain_xlate_twocell(NULL, NULL, cells, 1, &hwirq_out, &type_out), -EINVAL);
}

CLAIM(one_or_two_cells_take_both_forms)
{
	static const u32 cells[] = {9, IRQ_TYPE_LEVEL_LOW};

	EXPECT_EQ(irq_domain_xlate_onetwocell(NULL, NULL, cells, 1, &hwirq_out, &type_out), 0);
	EXPECT_EQ(type_out, IRQ_TYPE_NONE);
	EXPECT_EQ(irq_domain_xlate_onetwocell(NULL, NULL, cells, 2, &hwirq_out, &type_out), 0);
	EXPECT_EQ(hwirq_out, 9);
	EXPECT_EQ(type_out, IRQ_TYPE_LEVEL_LOW);
}

CLAIM(translate_does_for_fwspecs_what_xlate_does_for_cells)
{
	struct irq_fwspec spec = {.param_count = 2, .param = {9, IRQ_TYPE_EDGE_BOTH}};

	EXPECT_EQ(irq_domain_translate_twocell(NULL, &spec, &hwirq_out, &type_out), 0);
	EXPECT_EQ(hwirq_out, 9);
	EXPECT_EQ(type_out, IRQ_TYPE_EDGE_BOTH);
	spec.param_count = 1;
	EXPECT_EQ(irq_domain_translate_onecell(NULL, &spec, &hwirq_out, &type_out), 0);
	EXPECT_EQ(hwirq_out, 9);
	EXPECT_EQ(type_out, IRQ_TYPE_NONE);
}

CLAIM(three_cells_of_the_gic_are_kind_number_and_type)
{
	unsigned int spi = gic_line(0, 200, IRQ_TYPE_LEVEL_HIGH), ppi = gic_line(1, 3, IRQ_TYPE_LEVEL_LOW);
	unsigned int espi = gic_line(2, 3, IRQ_TYPE_LEVEL_HIGH), eppi = gic_line(3, 3, IRQ_TYPE_LEVEL_HIGH);

	EXPECT_EQ(irq_get_irq_data(spi)->hwirq, 200 + 32);
	EXPECT_EQ(irq_get_trigger_type(spi), IRQ_TYPE_LEVEL_HIGH);
	EXPECT_EQ(irq_get_irq_data(ppi)->hwirq, 3 + 16);
	EXPECT_TEXT(irq_get_irq_data(spi)->chip->name, "GICv3");
	/* Those of the extended ranges too, whether the GIC has them or not. */
	EXPECT_EQ(irq_get_irq_data(espi)->hwirq, 3 + 4096);
	EXPECT_EQ(irq_get_irq_data(eppi)->hwirq, 3 + 1056);
	irq_dispose_mapping(espi);
	irq_dispose_mapping(eppi);
	/* The same again is the same irq. */
	EXPECT_EQ(gic_line(0, 200, IRQ_TYPE_LEVEL_HIGH), spi);
	irq_dispose_mapping(spi);
	irq_dispose_mapping(ppi);
}

CLAIM(a_mapping_with_another_type_is_refused)
{
	unsigned int spi = gic_line(0, 200, IRQ_TYPE_LEVEL_HIGH);

	EXPECT_EQ(gic_line(0, 200, IRQ_TYPE_EDGE_RISING), 0);
	irq_dispose_mapping(spi);
}

CLAIM(a_specifier_without_a_domain_gives_no_irq)
{
	struct fwnode_handle *node = irq_domain_alloc_named_fwnode("nothing");
	struct irq_fwspec spec = {.fwnode = node, .param_count = 1, .param = {1}};

	EXPECT_EQ(irq_create_fwspec_mapping(&spec), 0);
	irq_domain_free_fwnode(node);
}

CLAIM(the_bus_token_tells_domains_of_one_node_apart)
{
	struct fwnode_handle *node = irq_domain_alloc_named_fwnode("ctrl");
	struct irq_domain *wired = irq_domain_create_linear(node, 8, &simple_ops, NULL);
	struct irq_domain *msi = irq_domain_create_linear(node, 8, &simple_ops, NULL);

	irq_domain_update_bus_token(wired, DOMAIN_BUS_WIRED);
	irq_domain_update_bus_token(msi, DOMAIN_BUS_NEXUS);
	EXPECT(irq_find_matching_fwnode(node, DOMAIN_BUS_WIRED) == wired);
	EXPECT(irq_find_matching_fwnode(node, DOMAIN_BUS_NEXUS) == msi);
	EXPECT(irq_find_matching_fwnode(node, DOMAIN_BUS_PCI_MSI) == NULL);
	EXPECT(irq_find_matching_fwnode(node, DOMAIN_BUS_ANY) != NULL);
	/* The token becomes part of the name, which must be unique. */
	EXPECT(!strncmp(wired->name, "ctrl-", 5));
	EXPECT(strcmp(wired->name, msi->name));
	irq_domain_remove(wired);
	irq_domain_remove(msi);
	irq_domain_free_fwnode(node);
}

static struct irq_domain *only_for_seven;

static int select_seven(struct irq_domain *d, struct irq_fwspec *spec, enum irq_domain_bus_token token)
{
	return d == only_for_seven && spec->param_count && spec->param[0] == 7;
}

CLAIM(a_domain_can_select_its_specifiers)
{
	static const struct irq_domain_ops selecting = {
	    .map = simple_map, .select = select_seven, .xlate = irq_domain_xlate_onecell};
	struct fwnode_handle *node = irq_domain_alloc_named_fwnode("sel");
	struct irq_fwspec spec = {.fwnode = node, .param_count = 1, .param = {7}};

	only_for_seven = irq_domain_create_linear(node, 8, &selecting, NULL);
	EXPECT(irq_find_matching_fwspec(&spec, DOMAIN_BUS_ANY) == only_for_seven);
	spec.param[0] = 6;
	EXPECT(irq_find_matching_fwspec(&spec, DOMAIN_BUS_ANY) == NULL);
	irq_domain_remove(only_for_seven);
	irq_domain_free_fwnode(node);
}

CLAIM(the_default_domain_stands_for_none)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);
	unsigned int virq;

	irq_set_default_host(d);
	EXPECT(irq_get_default_host() == d);
	virq = irq_create_mapping(NULL, 6);
	EXPECT(virq);
	EXPECT_EQ(irq_find_mapping(NULL, 6), virq);
	EXPECT_EQ(irq_find_mapping(d, 6), virq);
	irq_dispose_mapping(virq);
	/* It goes with its domain. */
	irq_domain_remove(d);
	EXPECT(irq_get_default_host() == NULL);
}

CLAIM(a_mapping_without_any_domain_warns)
{
	EXPECT_EQ(irq_create_mapping(NULL, 6), 0);
}

CLAIM(a_domain_is_named_after_its_node)
{
	struct fwnode_handle *node = irq_domain_alloc_named_id_fwnode("chip", 3);
	struct irq_domain *named = irq_domain_create_linear(node, 8, &simple_ops, NULL);
	struct irq_domain *unnamed = irq_domain_create_linear(NULL, 8, &simple_ops, NULL);

	EXPECT_TEXT(named->name, "chip-3");
	EXPECT(!strncmp(unnamed->name, "unknown-", 8));
	irq_domain_remove(named);
	irq_domain_remove(unnamed);
	irq_domain_free_fwnode(node);
}
