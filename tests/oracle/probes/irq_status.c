// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Status flags, chip data, trigger types as the getters tell them. */
#include "probe.h"

static void probe(void)
{
	unsigned int irq = sim_line(4);
	struct irq_data *d = irq_get_irq_data(irq);

	FACT(d->hwirq);
	SAY("chip %s", d->chip->name);
	SAY("name %s", desc_of(irq)->name ?: "(none)");
	FACT(irqd_irq_disabled(d));
	FACT(irqd_irq_masked(d));
	FACT(irqd_is_started(d));
	FACT(irqd_is_activated(d));
	FACT(irqd_trigger_type_was_set(d));
	FACT(irqd_is_level_type(d));
	FACT(irqd_can_balance(d));
	FACT(irqd_affinity_was_set(d));
	FACT(irqd_is_single_target(d));
	FACT(irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH));
	FACT(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_LOW));
	FACT(irq_get_trigger_type(irq));
	FACT(irq_set_irq_type(irq, 0));
	FACT(irqd_trigger_type_was_set(d));
	irq_set_status_flags(irq, IRQ_NOREQUEST | IRQ_NOPROBE | IRQ_NESTED_THREAD);
	FACT(irq_check_status_bit(irq, IRQ_NESTED_THREAD));
	irq_clear_status_flags(irq, IRQ_NOREQUEST | IRQ_NOPROBE | IRQ_NESTED_THREAD);
	FACT(irq_check_status_bit(irq, IRQ_NO_BALANCING));
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_MASKED, true));
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_ACTIVE, true));
	{
		bool state = true;

		FACT(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state));
		FACT(state);
		FACT(irq_get_irqchip_state(irq, IRQCHIP_STATE_LINE_LEVEL, &state));
	}
}

static void leave(void)
{
	sim_end();
}
