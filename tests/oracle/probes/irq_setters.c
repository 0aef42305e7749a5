// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What the setters of a line answer, and what they leave. */
#include "probe.h"

static int data;
static int type_answer;
static int set_type(struct irq_data *d, unsigned int type)
{
	SAY("chip type %#x", type);
	return type_answer;
}
static void show(const char *what, unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	SAY("%s: trigger %u level %d percpu %d affinity set %d masked %d disabled %d activated %d started %d move %d "
	    "wakeup %d",
	    what, irqd_get_trigger_type(d), irqd_is_level_type(d), irqd_is_per_cpu(d), irqd_affinity_was_set(d),
	    irqd_irq_masked(d), irqd_irq_disabled(d), irqd_is_activated(d), irqd_is_started(d),
	    irqd_can_move_in_process_context(d), irqd_is_wakeup_set(d));
	SAY("%s: balance %d status %#x", what, irqd_can_balance(d), desc_of(irq)->status_use_accessors);
}

static void probe(void)
{
	unsigned int irq = fixed_line(1), bad = 100000;

	show("fresh", irq);
	FACT(irq_set_chip(bad, &fixed_chip));
	FACT(irq_set_handler_data(bad, &data));
	FACT(irq_set_chip_data(bad, &data));
	FACT(irq_set_irq_type(bad, IRQ_TYPE_LEVEL_HIGH));
	FACT(irq_get_irq_data(bad) == NULL);
	FACT(irq_get_chip(bad) == NULL);
	FACT(irq_get_handler_data(bad) == NULL);
	FACT(irq_get_trigger_type(bad));
	FACT(irq_set_handler_data(irq, &data));
	FACT(irq_get_handler_data(irq) == &data);
	FACT(irq_set_chip_data(irq, &data));
	FACT(irq_get_chip_data(irq) == &data);
	irq_set_status_flags(irq, IRQ_NOAUTOEN | IRQ_NO_BALANCING);
	show("noautoen", irq);
	irq_clear_status_flags(irq, IRQ_NOAUTOEN | IRQ_NO_BALANCING);
	irq_modify_status(irq, IRQ_NOREQUEST, IRQ_NOPROBE | IRQ_LEVEL);
	show("level", irq);
	irq_modify_status(irq, IRQ_LEVEL, IRQ_PER_CPU | IRQ_MOVE_PCNTXT);
	show("percpu", irq);
	irq_modify_status(irq, IRQ_PER_CPU | IRQ_MOVE_PCNTXT | IRQ_NOPROBE, IRQ_TYPE_EDGE_FALLING);
	show("type bits", irq);
	fixed_chip.irq_set_type = set_type;
	FACT(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_LOW));
	show("level low", irq);
	FACT(irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH));
	show("both", irq);
	FACT(irq_set_irq_type(irq, IRQ_TYPE_NONE));
	show("none", irq);
	FACT(irq_set_irq_type(irq, IRQ_TYPE_DEFAULT));
	type_answer = IRQ_SET_MASK_OK_DONE;
	FACT(irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING));
	show("done", irq);
	type_answer = IRQ_SET_MASK_OK_NOCOPY;
	FACT(irq_set_irq_type(irq, IRQ_TYPE_EDGE_FALLING));
	show("nocopy", irq);
	type_answer = -EINVAL;
	FACT(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH));
	show("refused", irq);
	fixed_chip.irq_set_type = NULL;
	FACT(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH));
	show("no callback", irq);
	FACT(irq_set_chip(irq, NULL));
	SAY("%s", irq_get_chip(irq)->name);
	irq_set_handler(irq, handle_level_irq);
	show("handler", irq);
	irq_set_handler(irq, NULL);
	show("no handler", irq);
	FACT(irq_has_action(irq));
}

static void leave(void)
{
	fixed_end();
}
