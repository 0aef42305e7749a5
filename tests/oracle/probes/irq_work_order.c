// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* irq_work: order, pending, busy, contexts, lazy. */
#include "probe.h"

static int order[8], n;
static struct irq_work a, b, c, again;
static void put(struct irq_work *w)
{
	order[n++ & 7] = w == &a ? 1 : w == &b ? 2 : 3;
	where("work");
	SAY("pending %d busy %d", irq_work_is_pending(w), irq_work_is_busy(w));
}
static int left = 2;
static void repeat(struct irq_work *w)
{
	SAY("again, queue %d", --left ? irq_work_queue(w) : -1);
}

static void probe(void)
{
	unsigned long flags;

	init_irq_work(&a, put);
	init_irq_work(&b, put);
	c = IRQ_WORK_INIT_LAZY(put);
	again = IRQ_WORK_INIT_HARD(repeat);
	FACT(irq_work_is_hard(&a));
	FACT(irq_work_is_hard(&again));
	local_irq_save(flags);
	FACT(irq_work_queue(&a));
	FACT(irq_work_queue(&a));
	FACT(irq_work_queue(&b));
	FACT(irq_work_queue(&c));
	FACT(irq_work_is_pending(&a));
	FACT(irq_work_is_busy(&b));
	local_irq_restore(flags);
	irq_work_sync(&a);
	irq_work_sync(&b);
	irq_work_sync(&c);
	SAY("order %d %d %d", order[0], order[1], order[2]);
	FACT(irq_work_is_pending(&a));
	FACT(irq_work_is_busy(&a));
	FACT(irq_work_queue(&again));
	msleep(5);
	FACT(left);
	FACT(a.node.u_flags);
}

static void leave(void)
{
}
