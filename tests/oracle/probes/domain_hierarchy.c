// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Stacked domains: who is asked, in which order. */
#include "probe.h"

static int alloc(struct irq_domain *d, unsigned int virq, unsigned int n, void *arg)
{
	struct irq_fwspec *f = arg;
	unsigned int i;
	int e = 0;

	SAY("alloc %s: %u lines, arg %u", d->host_data ? "outer" : "inner", n, f->param[0]);
	if (d->parent)
		e = irq_domain_alloc_irqs_parent(d, virq, n, arg);
	for (i = 0; i < n; i++)
		irq_domain_set_hwirq_and_chip(d, virq + i, f->param[0] + i + (d->host_data ? 0 : 100), &dummy_irq_chip,
					      d->host_data);
	return e;
}
static void fr(struct irq_domain *d, unsigned int virq, unsigned int n)
{
	SAY("free %s: %u", d->host_data ? "outer" : "inner", n);
}
static int act(struct irq_domain *d, struct irq_data *i, bool r)
{
	SAY("activate %s %d", d->host_data ? "outer" : "inner", r);
	return 0;
}
static void deact(struct irq_domain *d, struct irq_data *i)
{
	SAY("deactivate %s", d->host_data ? "outer" : "inner");
}
static int tr(struct irq_domain *d, struct irq_fwspec *f, unsigned long *hw, unsigned int *type)
{
	*hw = f->param[0];
	*type = f->param[1];
	return 0;
}
static const struct irq_domain_ops ops = {
    .alloc = alloc, .free = fr, .activate = act, .deactivate = deact, .translate = tr};
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	struct fwnode_handle *fi = irq_domain_alloc_named_fwnode("inner"), *fo = irq_domain_alloc_named_fwnode("outer");
	struct irq_domain *i = irq_domain_create_hierarchy(NULL, 0, 200, fi, &ops, NULL),
			  *o = irq_domain_create_hierarchy(i, 0, 50, fo, &ops, &ops);
	struct irq_fwspec f = {.fwnode = fo, .param_count = 2, .param = {7, 1}};
	unsigned int irq = irq_create_fwspec_mapping(&f);

	SAY("names %s %s", i->name, o->name);
	FACT(irq_find_mapping(o, 7) == irq);
	FACT(irq_find_mapping(i, 107) == irq);
	FACT(irqd_to_hwirq(irq_get_irq_data(irq)));
	FACT(irq_get_trigger_type(irq));
	FACT(irq_create_fwspec_mapping(&f) == irq);
	f.param[1] = 2;
	FACT(irq_create_fwspec_mapping(&f));
	FACT(irq_domain_get_irq_data(i, irq)->hwirq);
	FACT(irq_domain_get_irq_data(o, irq)->parent_data == irq_domain_get_irq_data(i, irq));
	irq_set_handler(irq, handle_simple_irq);
	FACT(request_irq(irq, h, 0, "x", &ops));
	free_irq(irq, (void *)&ops);
	irq_dispose_mapping(irq);
	FACT(o->mapcount);
	FACT(!!(o->flags & IRQ_DOMAIN_FLAG_HIERARCHY));
	FACT(o->hwirq_max);
	FACT(o->revmap_size);
	irq = irq_domain_alloc_irqs(o, 3, NUMA_NO_NODE, &f);
	SAY("three: %d", irq > 0);
	irq_domain_remove(o);
	irq_domain_remove(i);
	irq_domain_free_fwnode(fo);
	irq_domain_free_fwnode(fi);
}

static void leave(void)
{
}
