// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A chained handler: no action, no row, no thread. */
// exec: 5ms ls /proc/irq/40
#include "probe.h"

static int n;
static void chained(struct irq_desc *d)
{
	n++;
	where("chained");
	SAY("data %d", irq_desc_get_handler_data(d) == &n);
}
static irqreturn_t h(int i, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	irq_set_chained_handler_and_data(40, chained, &n);
	FACT(request_irq(40, h, 0, "x", &n));
	FACT(irq_has_action(40));
	FACT(!!(desc_of(40)->status_use_accessors & IRQ_NOREQUEST));
	FACT(!!(desc_of(40)->status_use_accessors & IRQ_NOPROBE));
	FACT(!!(desc_of(40)->status_use_accessors & IRQ_NOTHREAD));
	FACT(desc_of(40)->depth);
	fire(40, 1);
	FACT(n);
	irq_set_chained_handler_and_data(40, NULL, NULL);
	FACT(request_irq(40, h, 0, "x", &n));
	FACT(!!(desc_of(40)->status_use_accessors & IRQ_NOREQUEST));
}

static void leave(void)
{
	fixed_end();
}
