// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// for: 400ms
// exec: 20ms echo 0 > /sys/devices/system/cpu/cpu2/online
// exec: 200ms echo 1 > /sys/devices/system/cpu/cpu2/online
/* What a chip is asked for its lines when their CPU goes down, and comes back. */
#include <linux/irqdomain.h>
#include "probe.h"

static struct irq_domain *domain;
static unsigned int irqs[3];

static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void mask(struct irq_data *d)
{
	SAY("line %lu: mask", d->hwirq);
}

static void unmask(struct irq_data *d)
{
	SAY("line %lu: unmask", d->hwirq);
}

static int move(struct irq_data *d, const struct cpumask *to, bool force)
{
	SAY("line %lu: to %*pbl, force %d", d->hwirq, cpumask_pr_args(to), force);
	irq_data_update_effective_affinity(d, cpumask_of(cpumask_any_and(to, cpu_online_mask)));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip chip = {
	.name = "fake",
	.irq_mask = mask,
	.irq_unmask = unmask,
	.irq_set_affinity = move,
};

static int map(struct irq_domain *d, unsigned int irq, irq_hw_number_t line)
{
	irq_set_chip_and_handler(irq, &chip, handle_simple_irq);
	if (line == 1)
		irq_set_status_flags(irq, IRQ_MOVE_PCNTXT);
	irqd_set_single_target(irq_get_irq_data(irq));
	return 0;
}

static const struct irq_domain_ops ops = {.map = map};

static void probe(void)
{
	int i;

	domain = irq_domain_create_linear(NULL, 3, &ops, NULL);
	for (i = 0; i < 3; i++) {
		irqs[i] = irq_create_mapping(domain, i);
		FACT(request_irq(irqs[i], h, IRQF_NOBALANCING, "x", &irqs[i]));
		FACT(irq_set_affinity(irqs[i], cpumask_of(2)));
	}
	disable_irq(irqs[2]);
}

static void leave(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		SAY("line %d: affinity %*pbl", i, cpumask_pr_args(irq_get_affinity_mask(irqs[i])));
		free_irq(irqs[i], &irqs[i]);
		irq_dispose_mapping(irqs[i]);
	}
	irq_domain_remove(domain);
}
