// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* irq_inject_interrupt, retrigger, check of states. */
#include "probe.h"

static int n;
static irqreturn_t h(int i, void *d)
{
	n++;
	return IRQ_HANDLED;
}

static void probe(void)
{
	bool s = true;

	fixed_line(0);
	FACT(irq_inject_interrupt(40));
	FACT(request_irq(40, h, 0, "x", &n));
	FACT(irq_inject_interrupt(40));
	msleep(5);
	FACT(n);
	FACT(irq_get_irqchip_state(40, IRQCHIP_STATE_PENDING, &s));
	FACT(irq_set_irqchip_state(40, IRQCHIP_STATE_PENDING, true));
	disable_irq(40);
	FACT(irq_inject_interrupt(40));
	fire(40, 1);
	enable_irq(40);
	msleep(5);
	FACT(n);
	free_irq(40, &n);
	fixed_flow = handle_edge_irq;
	irq_set_handler(41, handle_edge_irq);
	FACT(request_irq(41, h, IRQF_TRIGGER_RISING, "e", &n));
	n = 0;
	disable_irq(41);
	fire(41, 3);
	FACT(n);
	FACT(irqd_irq_masked(irq_get_irq_data(41)));
	enable_irq(41);
	msleep(5);
	FACT(n);
	FACT(irqd_irq_masked(irq_get_irq_data(41)));
	free_irq(41, &n);
	irq_set_handler(42, handle_level_irq);
	FACT(request_irq(42, h, IRQF_TRIGGER_HIGH, "l", &n));
	n = 0;
	disable_irq(42);
	fire(42, 3);
	FACT(irqd_irq_masked(irq_get_irq_data(42)));
	enable_irq(42);
	msleep(5);
	FACT(n);
	free_irq(42, &n);
}

static void leave(void)
{
	fixed_end();
}
