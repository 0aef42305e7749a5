// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Handlers that answer or behave wrongly: the messages. */
#include "probe.h"

static irqreturn_t bogus(int n, void *d)
{
	return 7;
}
static irqreturn_t wakes(int n, void *d)
{
	return IRQ_WAKE_THREAD;
}
static irqreturn_t enables(int n, void *d)
{
	local_irq_enable();
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_irq(40, bogus, 0, "bogus", &fired_irq));
	fire(40, 1);
	FACT(desc_of(40)->irqs_unhandled);
	free_irq(40, &fired_irq);
	FACT(request_irq(40, wakes, 0, "wakes", &fired_irq));
	fire(40, 2);
	free_irq(40, &fired_irq);
	FACT(request_irq(40, enables, 0, "enables", &fired_irq));
	fire(40, 1);
	free_irq(40, &fired_irq);
	free_irq(40, &fired_irq);
	FACT(request_irq(40, wakes, 0, "two", &fired_irq));
	free_irq(40, &fired_times);
	free_irq(40, &fired_irq);
	disable_irq(100000);
	enable_irq(100000);
	SAY("%d %d", irq_set_irq_type(100000, 1), irq_set_irq_wake(100000, 1));
}

static void leave(void)
{
	fixed_end();
}
