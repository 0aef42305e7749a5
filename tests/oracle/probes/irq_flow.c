// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* The order of a chip's calls and the handler, for each flow handler. */
#include "probe.h"

static char notes[64];
static void note(char c)
{
	size_t n = strlen(notes);

	if (n + 1 < sizeof(notes))
		notes[n] = c;
}
#define CALL(name, letter)                                                                                             \
	static void name(struct irq_data *d)                                                                           \
	{                                                                                                              \
		note(letter);                                                                                          \
	}
CALL(c_mask, 'm')
CALL(c_unmask, 'u')
CALL(c_ack, 'a')
CALL(c_eoi, 'e')
CALL(c_enable, 'E')
CALL(c_disable, 'D')
CALL(c_lock, '(')
CALL(c_unlock, ')')
static int c_type(struct irq_data *d, unsigned int type)
{
	note('t');
	return 0;
}
static int c_wake(struct irq_data *d, unsigned int on)
{
	note(on ? 'W' : 'w');
	return 0;
}
static struct irq_chip chip = {.name = "flow",
			       .irq_mask = c_mask,
			       .irq_unmask = c_unmask,
			       .irq_ack = c_ack,
			       .irq_eoi = c_eoi,
			       .irq_set_type = c_type,
			       .irq_set_wake = c_wake};
static struct irq_chip slow = {.name = "slow",
			       .irq_mask = c_mask,
			       .irq_unmask = c_unmask,
			       .irq_enable = c_enable,
			       .irq_disable = c_disable,
			       .irq_set_type = c_type,
			       .irq_bus_lock = c_lock,
			       .irq_bus_sync_unlock = c_unlock,
			       .flags = IRQCHIP_SET_TYPE_MASKED | IRQCHIP_MASK_ON_SUSPEND};
static const struct irq_domain_ops ops = {};
static unsigned int irq;

static irqreturn_t h(int n, void *d)
{
	note('h');
	return d ? IRQ_WAKE_THREAD : IRQ_HANDLED;
}
static irqreturn_t t(int n, void *d)
{
	note('T');
	return IRQ_HANDLED;
}
static void run_now(struct irq_work *w)
{
	generic_handle_irq(irq);
}
static struct irq_work work = IRQ_WORK_INIT_HARD(run_now);

static void shoot(const char *what)
{
	memset(notes, 0, sizeof(notes));
	irq_work_queue(&work);
	irq_work_sync(&work);
	msleep(10);
	SAY("%s: %s", what, notes);
}

static void step(const char *what)
{
	SAY("%s: %s", what, notes);
	memset(notes, 0, sizeof(notes));
}

static void all(const char *name, struct irq_chip *c, irq_flow_handler_t flow, unsigned long flags)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, 1, &ops, NULL);

	irq = irq_create_mapping(d, 0);
	irq_set_chip_and_handler(irq, c, flow);
	memset(notes, 0, sizeof(notes));
	SAY("--- %s: %d", name, request_threaded_irq(irq, h, NULL, flags, "flow", NULL));
	step("request");
	shoot("fire");
	disable_irq(irq);
	step("disable");
	shoot("fire disabled");
	enable_irq(irq);
	msleep(10);
	step("enable");
	irq_set_irq_type(irq, IRQ_TYPE_EDGE_FALLING);
	step("set type");
	SAY("wake %d %d", irq_set_irq_wake(irq, 1), irq_set_irq_wake(irq, 0));
	step("wake");
	free_irq(irq, NULL);
	step("free");
	SAY("oneshot thread: %d", request_threaded_irq(irq, h, t, flags | IRQF_ONESHOT, "flow", &irq));
	step("request");
	shoot("fire");
	free_irq(irq, &irq);
	step("free");
	irq_dispose_mapping(irq);
	step("dispose");
	irq_domain_remove(d);
}

static void probe(void)
{
	all("level", &chip, handle_level_irq, IRQF_TRIGGER_HIGH);
	all("edge", &chip, handle_edge_irq, IRQF_TRIGGER_RISING);
	all("fasteoi", &chip, handle_fasteoi_irq, IRQF_TRIGGER_HIGH);
	all("simple", &chip, handle_simple_irq, 0);
	all("slow level", &slow, handle_level_irq, IRQF_TRIGGER_HIGH);
}

static void leave(void)
{
}
