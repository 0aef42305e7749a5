// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* threadirqs: names, priorities and contexts of handlers that are moved into threads. */
// append: threadirqs
#include "probe.h"

static irqreturn_t plain(int n, void *d)
{
	where("plain");
	who("plain");
	SAY("softirq disabled %d", softirq_count() != 0);
	return IRQ_HANDLED;
}
static irqreturn_t first(int n, void *d)
{
	where("first");
	who("first");
	return IRQ_WAKE_THREAD;
}
static irqreturn_t second(int n, void *d)
{
	where("second");
	who("second");
	return IRQ_HANDLED;
}
static int id;

static void try(unsigned int number, irq_handler_t h, irq_handler_t t, unsigned long flags, const char *name)
{
	unsigned int irq = sim_line(number);
	int error = request_threaded_irq(irq, h, t, flags, name, &id);

	SAY("%s: %d", name, error);
	if (error)
		return;
	SAY("oneshot %d", !!(desc_of(irq)->action->flags & IRQF_ONESHOT));
	SAY("secondary %d thread %s", desc_of(irq)->action->secondary != NULL,
	    desc_of(irq)->action->thread ? strchr(desc_of(irq)->action->thread->comm, '-') : "none");
	sim_fire(irq);
	free_irq(irq, &id);
}

static void probe(void)
{
	try(0, plain, NULL, 0, "plain");
	try(1, first, second, 0, "both");
	try(2, first, second, IRQF_ONESHOT, "oneshot");
	try(3, plain, NULL, IRQF_NO_THREAD, "nothread");
	try(4, plain, NULL, IRQF_ONESHOT, "hard");
	try(5, NULL, second, IRQF_ONESHOT, "thread");
	try(6, plain, NULL, IRQF_PERCPU, "percpu");
}

static void leave(void)
{
	sim_end();
}
