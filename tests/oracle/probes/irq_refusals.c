// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Chips of interrupts that lack a call: what the functions that would use it return. */
#include "probe.h"

static irqreturn_t h(int irq, void *id)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int irq = fixed_line(1);
	bool state = true;
	struct irq_data *d = irq_get_irq_data(irq);

	FACT(irq_set_irq_type(irq, 0x10));
	FACT(irq_set_irq_type(9999, IRQ_TYPE_EDGE_RISING));
	FACT(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state));
	FACT(state);
	FACT(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
	FACT(irq_get_irqchip_state(9999, IRQCHIP_STATE_PENDING, &state));
	FACT(irq_set_vcpu_affinity(irq, NULL));
	FACT(irq_set_irq_wake(irq, 1));
	FACT(irq_set_affinity(irq, cpumask_of(1)));
	FACT(irq_set_affinity(9999, cpumask_of(1)));
	FACT(irq_set_affinity_and_hint(irq, cpumask_of(2)));
	FACT(irq_update_affinity_hint(irq, NULL));
	FACT(irq_set_affinity_notifier(9999, NULL));
	FACT(irq_set_handler_data(9999, NULL));
	FACT(irq_set_chip_data(9999, NULL));
	FACT(irq_set_chip(9999, NULL));
	FACT(irq_get_trigger_type(irq));
	FACT(irqd_get_trigger_type(d));
	FACT(irq_has_action(irq));
	FACT(irq_check_status_bit(irq, IRQ_NOPROBE));
	FACT(irq_get_percpu_devid_partition(irq, NULL));
	FACT(disable_hardirq(irq));
	enable_irq(irq);
	FACT(free_irq(irq, NULL) == NULL);
	FACT(request_any_context_irq(irq, h, IRQF_TRIGGER_NONE, "any", NULL));
	SAY("%s", (char *)free_irq(irq, NULL));
	FACT(request_threaded_irq(irq, NULL, NULL, 0, "none", NULL));
	FACT(request_threaded_irq(irq, NULL, h, 0, "thread without oneshot", NULL));
	FACT(request_irq(irq, h, IRQF_SHARED, "shared without id", NULL));
	FACT(request_irq(irq, h, IRQF_COND_SUSPEND, "cond", NULL));
	FACT(request_irq(irq, h, IRQF_SHARED | IRQF_NO_AUTOEN, "noauto", &irq));
	FACT(request_irq(irq, h, IRQF_COND_SUSPEND | IRQF_NO_SUSPEND | IRQF_SHARED, "both", &irq));
	FACT(request_irq(9999, h, 0, "high", NULL));
	FACT(request_irq(IRQ_NOTCONNECTED, h, 0, "unconnected", NULL));
	FACT(request_any_context_irq(IRQ_NOTCONNECTED, h, 0, "unconnected", NULL));
	FACT(irq_inject_interrupt(irq));
	FACT(irq_inject_interrupt(9999));
	irq_modify_status(irq, 0, IRQ_NOREQUEST);
	FACT(request_irq(irq, h, 0, "norequest", NULL));
	irq_modify_status(irq, IRQ_NOREQUEST, 0);
	enable_irq(9999);
	disable_irq(9999);
	synchronize_irq(9999);
	FACT(synchronize_hardirq(9999));
	FACT(generic_handle_irq(9999));
	FACT(generic_handle_domain_irq(fixed_domain, 77));
	FACT(irq_create_mapping(fixed_domain, 3));
	FACT(irq_find_mapping(NULL, 3) == 0);
	FACT(irq_domain_get_irq_data(fixed_domain, irq) == d);
	FACT(irq_domain_get_irq_data(fixed_domain, 9999) == NULL);
}

static void leave(void)
{
	fixed_end();
}
