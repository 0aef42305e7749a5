// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Affinity notifiers. */
#include "probe.h"

static void notify(struct irq_affinity_notify *n, const cpumask_t *m)
{
	SAY("notify %*pbl", cpumask_pr_args(m));
	where("notify");
}
static void rel(struct kref *k)
{
	SAY("release");
}
static struct irq_affinity_notify n = {.notify = notify, .release = rel};
static irqreturn_t h(int i, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_irq(40, h, 0, "x", &n));
	FACT(irq_set_affinity_notifier(40, &n));
	FACT(irq_set_affinity(40, cpumask_of(1)));
	msleep(20);
	FACT(irq_set_affinity(40, cpumask_of(1)));
	msleep(20);
	FACT(irq_set_affinity_notifier(40, NULL));
	msleep(20);
	FACT(irq_set_affinity_notifier(100000, &n));
	FACT(irq_force_affinity(40, cpumask_of(2)));
	SAY("%*pbl", cpumask_pr_args(irq_data_get_effective_affinity_mask(irq_get_irq_data(40))));
	free_irq(40, &n);
}

static void leave(void)
{
	fixed_end();
}
