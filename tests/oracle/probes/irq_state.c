// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* irq_get_irqchip_state and irq_set_irqchip_state; lines that are none. */
#include "probe.h"

static bool pending, refuse;
static int get(struct irq_data *d, enum irqchip_irq_state which, bool *val)
{
	SAY("chip get %d", which);
	*val = pending;
	return which == IRQCHIP_STATE_LINE_LEVEL ? -EINVAL : 0;
}
static int set(struct irq_data *d, enum irqchip_irq_state which, bool val)
{
	SAY("chip set %d %d", which, val);
	pending = val;
	return refuse ? -EPERM : 0;
}
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int irq = fixed_line(2);
	bool b = false;
	int id;

	FACT(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &b));
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
	fixed_chip.irq_get_irqchip_state = get;
	fixed_chip.irq_set_irqchip_state = set;
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
	FACT(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &b));
	FACT(b);
	FACT(irq_get_irqchip_state(irq, IRQCHIP_STATE_LINE_LEVEL, &b));
	refuse = true;
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_ACTIVE, false));
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_MASKED, false));
	FACT(irq_get_irqchip_state(9999, IRQCHIP_STATE_PENDING, &b));
	FACT(request_irq(9999, h, 0, "x", &id));
	FACT(request_irq(irq, NULL, 0, "x", &id));
	FACT(request_irq(IRQ_NOTCONNECTED, h, 0, "x", &id));
	FACT(request_any_context_irq(IRQ_NOTCONNECTED, h, 0, "x", &id));
	FACT(request_irq(irq, h, IRQF_SHARED, "x", NULL));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_NO_AUTOEN, "x", &id));
	FACT(request_irq(irq, h, IRQF_COND_SUSPEND, "x", &id));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_NO_SUSPEND | IRQF_COND_SUSPEND, "x", &id));
	FACT(request_threaded_irq(irq, NULL, h, 0, "x", &id));
	FACT(free_irq(9999, &id) == NULL);
	FACT(free_irq(irq, &id) == NULL);
	disable_irq(9999);
	disable_irq_nosync(9999);
	enable_irq(9999);
	synchronize_irq(9999);
	FACT(synchronize_hardirq(9999));
	FACT(synchronize_hardirq(irq));
	FACT(irq_set_affinity(9999, cpumask_of(1)));
	FACT(irq_force_affinity(9999, cpumask_of(1)));
	FACT(generic_handle_irq(9999));
	FACT(irq_inject_interrupt(irq));
}

static void leave(void)
{
	fixed_end();
}
