// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: stacked domains. The inner level's notes are capitals' partners: i for inner, o for outer. */
#define pr_fmt(fmt) "hierarchy: " fmt

#include "claims.h"

static char notes[128];

static void note(char c)
{
	size_t n = strlen(notes);

	if (n + 1 < sizeof(notes)) {
		notes[n] = c;
		notes[n + 1] = 0;
	}
}

static void inner_mask(struct irq_data *d)
{
	note('m');
}
static void inner_unmask(struct irq_data *d)
{
	note('u');
}
static void inner_eoi(struct irq_data *d)
{
	note('e');
}
static int inner_set_type(struct irq_data *d, unsigned int type)
{
	note('y');
	return 0;
}
static int inner_retrigger(struct irq_data *d)
{
	note('r');
	return 1;
}
static int inner_set_wake(struct irq_data *d, unsigned int on)
{
	note(on ? 'W' : 'w');
	return 0;
}
static int inner_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	note('f');
	irq_data_update_effective_affinity(d, mask);
	return IRQ_SET_MASK_OK;
}
static int inner_get_state(struct irq_data *d, enum irqchip_irq_state which, bool *val)
{
	*val = which == IRQCHIP_STATE_PENDING && d->hwirq == 104;
	return 0;
}

static struct irq_chip inner_chip = {
    .name = "inner",
    .irq_mask = inner_mask,
    .irq_unmask = inner_unmask,
    .irq_eoi = inner_eoi,
    .irq_set_type = inner_set_type,
    .irq_retrigger = inner_retrigger,
    .irq_set_wake = inner_set_wake,
    .irq_set_affinity = inner_set_affinity,
    .irq_get_irqchip_state = inner_get_state,
};
static struct irq_chip outer_chip = {
    .name = "outer",
    .irq_mask = irq_chip_mask_parent,
    .irq_unmask = irq_chip_unmask_parent,
    .irq_eoi = irq_chip_eoi_parent,
    .irq_set_type = irq_chip_set_type_parent,
    .irq_retrigger = irq_chip_retrigger_hierarchy,
    .irq_set_wake = irq_chip_set_wake_parent,
    .irq_set_affinity = irq_chip_set_affinity_parent,
};

static int inner_error, outer_error, activate_error;
static bool end_at_outer;
static struct irq_domain *inner, *outer;

static int inner_alloc(struct irq_domain *d, unsigned int virq, unsigned int nr, void *arg)
{
	unsigned int i;

	if (inner_error)
		return inner_error;
	for (i = 0; i < nr; i++)
		irq_domain_set_info(d, virq + i, *(unsigned int *)arg + i, &inner_chip, NULL, handle_fasteoi_irq, NULL,
				    NULL);
	return 0;
}

static int outer_alloc(struct irq_domain *d, unsigned int virq, unsigned int nr, void *arg)
{
	unsigned int hwirq = *(unsigned int *)arg, parent_hwirq = hwirq + 100, i;
	int ret;

	if (outer_error)
		return outer_error;
	for (i = 0; i < nr; i++)
		irq_domain_set_hwirq_and_chip(d, virq + i, hwirq + i, &outer_chip, NULL);
	if (end_at_outer) {
		irq_set_handler(virq, handle_simple_irq);
		return irq_domain_disconnect_hierarchy(d->parent, virq);
	}
	ret = irq_domain_alloc_irqs_parent(d, virq, nr, &parent_hwirq);
	return ret;
}

static int inner_activate(struct irq_domain *d, struct irq_data *data, bool early)
{
	note('I');
	return 0;
}
static void inner_deactivate(struct irq_domain *d, struct irq_data *data)
{
	note('i');
}
static int outer_activate(struct irq_domain *d, struct irq_data *data, bool early)
{
	note('O');
	return activate_error;
}
static void outer_deactivate(struct irq_domain *d, struct irq_data *data)
{
	note('o');
}

static const struct irq_domain_ops inner_ops = {.alloc = inner_alloc,
						.free = irq_domain_free_irqs_common,
						.activate = inner_activate,
						.deactivate = inner_deactivate};
static const struct irq_domain_ops outer_ops = {.alloc = outer_alloc,
						.free = irq_domain_free_irqs_common,
						.activate = outer_activate,
						.deactivate = outer_deactivate};

static void stack_up(void)
{
	inner = irq_domain_create_tree(NULL, &inner_ops, NULL);
	outer = irq_domain_create_hierarchy(inner, 0, 16, NULL, &outer_ops, NULL);
}

static void tear_down(void)
{
	irq_domain_remove(outer);
	irq_domain_remove(inner);
}

static int make(unsigned int hwirq, unsigned int nr)
{
	return irq_domain_alloc_irqs(outer, nr, 0, &hwirq);
}

static irqreturn_t handler(int irq, void *dev)
{
	note('h');
	return IRQ_HANDLED;
}

static int cookie;

CLAIM(a_line_has_its_own_hwirq_and_chip_at_every_level)
{
	int virq, i;

	stack_up();
	virq = make(4, 3);
	EXPECT(virq > 0);
	for (i = 0; i < 3; i++) {
		EXPECT_EQ(irq_find_mapping(outer, 4 + i), virq + i);
		EXPECT_EQ(irq_find_mapping(inner, 104 + i), virq + i);
	}
	EXPECT_EQ(irq_domain_get_irq_data(outer, virq)->hwirq, 4);
	EXPECT_EQ(irq_domain_get_irq_data(inner, virq)->hwirq, 104);
	EXPECT(irq_get_irq_data(virq)->parent_data == irq_domain_get_irq_data(inner, virq));
	EXPECT_TEXT(irq_domain_get_irq_data(inner, virq)->chip->name, "inner");
	EXPECT(outer->parent == inner && !inner->parent);
	for (i = 0; i < 3; i++)
		irq_dispose_mapping(virq + i);
	EXPECT_EQ(irq_find_mapping(outer, 4), 0);
	EXPECT_EQ(irq_find_mapping(inner, 104), 0);
	tear_down();
}

CLAIM(activation_begins_at_the_root_and_deactivation_at_the_device)
{
	int virq;

	stack_up();
	virq = make(4, 1);
	EXPECT_EQ(request_irq(virq, handler, 0, "dev", &cookie), 0);
	/* Active before the line is opened. */
	EXPECT_TEXT(notes, "IOuf");
	notes[0] = 0;
	free_irq(virq, &cookie);
	EXPECT_TEXT(notes, "moi");
	irq_dispose_mapping(virq);
	tear_down();
}

CLAIM(a_level_that_refuses_to_be_activated_fails_the_request_and_undoes_the_others)
{
	int virq;

	stack_up();
	virq = make(4, 1);
	activate_error = -EIO;
	EXPECT_EQ(request_irq(virq, handler, 0, "dev", &cookie), -EIO);
	EXPECT_TEXT(notes, "IOi");
	irq_dispose_mapping(virq);
	tear_down();
}

CLAIM(what_the_outer_chip_is_asked_reaches_the_inner_one)
{
	bool pending = false;
	int virq;

	stack_up();
	virq = make(4, 1);
	EXPECT_EQ(request_irq(virq, handler, IRQF_TRIGGER_RISING, "dev", &cookie), 0);
	EXPECT_TEXT(notes, "yIOuf");
	notes[0] = 0;
	fire(virq);
	EXPECT_TEXT(notes, "he");
	notes[0] = 0;
	EXPECT_EQ(irq_set_affinity(virq, cpumask_of(2)), 0);
	EXPECT_EQ(irq_set_irq_wake(virq, 1), 0);
	EXPECT_EQ(irq_set_irq_wake(virq, 0), 0);
	EXPECT_TEXT(notes, "fWw");
	EXPECT_EQ(cpumask_first(irq_data_get_effective_affinity_mask(irq_get_irq_data(virq))), 2);
	/* The outer chip knows no state: the inner one, at its own hwirq, is asked. */
	EXPECT_EQ(irq_get_irqchip_state(virq, IRQCHIP_STATE_PENDING, &pending), 0);
	EXPECT(pending);
	free_irq(virq, &cookie);
	irq_dispose_mapping(virq);
	tear_down();
}

CLAIM(an_edge_that_came_while_disabled_is_retriggered_by_the_level_that_can)
{
	int virq;

	stack_up();
	virq = make(4, 1);
	EXPECT_EQ(request_irq(virq, handler, 0, "dev", &cookie), 0);
	disable_irq(virq);
	fire(virq);
	notes[0] = 0;
	enable_irq(virq);
	msleep(20);
	EXPECT_TEXT(notes, "ur");
	free_irq(virq, &cookie);
	irq_dispose_mapping(virq);
	tear_down();
}

CLAIM(an_allocation_that_a_level_refuses_leaves_nothing)
{
	stack_up();
	inner_error = -ENOSPC;
	EXPECT_EQ(make(4, 2), -ENOSPC);
	EXPECT_EQ(irq_find_mapping(outer, 4), 0);
	EXPECT_EQ(outer->mapcount, 0);
	inner_error = 0;
	outer_error = -ENODEV;
	EXPECT_EQ(make(4, 1), -ENODEV);
	EXPECT_EQ(inner->mapcount, 0);
	tear_down();
}

CLAIM(a_line_can_end_before_the_root)
{
	int virq;

	stack_up();
	end_at_outer = true;
	virq = make(4, 1);
	EXPECT(virq > 0);
	EXPECT(irq_get_irq_data(virq)->parent_data == NULL);
	EXPECT_EQ(inner->mapcount, 0);
	irq_dispose_mapping(virq);
	tear_down();
}

CLAIM(a_level_is_pushed_onto_a_line_and_popped_again)
{
	unsigned int hwirq = 104, outer_hwirq = 4;
	int virq;

	stack_up();
	virq = irq_domain_alloc_irqs(inner, 1, 0, &hwirq);
	EXPECT(virq > 0);
	EXPECT_EQ(irq_domain_push_irq(outer, virq, &outer_hwirq), 0);
	EXPECT_EQ(irq_find_mapping(outer, 4), virq);
	EXPECT_EQ(irq_find_mapping(inner, 104), virq);
	EXPECT_EQ(irq_get_irq_data(virq)->hwirq, 4);
	EXPECT_EQ(request_irq(virq, handler, 0, "dev", &cookie), 0);
	EXPECT_EQ(irq_domain_pop_irq(outer, virq), -EBUSY);
	free_irq(virq, &cookie);
	EXPECT_EQ(irq_domain_pop_irq(outer, virq), 0);
	EXPECT_EQ(irq_find_mapping(outer, 4), 0);
	EXPECT_EQ(irq_get_irq_data(virq)->hwirq, 104);
	EXPECT(irq_get_irq_data(virq)->parent_data == NULL);
	irq_dispose_mapping(virq);
	tear_down();
}

static int inner_vcpu(struct irq_data *d, void *info)
{
	EXPECT_EQ(d->hwirq, 104);
	return *(int *)info;
}

CLAIM(irq_set_vcpu_affinity_passes_over_a_level_without_a_chip)
{
	int virq, info = 7;

	stack_up();
	virq = make(4, 1);
	EXPECT(virq > 0);
	EXPECT_EQ(irq_set_vcpu_affinity(virq, &info), -ENOSYS);
	inner_chip.irq_set_vcpu_affinity = inner_vcpu;
	EXPECT_EQ(irq_set_vcpu_affinity(virq, &info), 7);
	irq_get_irq_data(virq)->chip = NULL;
	EXPECT_EQ(irq_set_vcpu_affinity(virq, &info), 7);
	irq_get_irq_data(virq)->chip = &outer_chip;
	inner_chip.irq_set_vcpu_affinity = NULL;
	irq_dispose_mapping(virq);
	tear_down();
}
