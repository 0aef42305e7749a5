// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Per-CPU lines. */
#include "probe.h"

static DEFINE_PER_CPU(int, id);
static int hits[8];
static irqreturn_t h(int n, void *d)
{
	hits[raw_smp_processor_id()]++;
	SAY("own %d", d == this_cpu_ptr(&id));
	return IRQ_HANDLED;
}
static void on(void *x)
{
	enable_percpu_irq(40, 0);
}
static void off(void *x)
{
	disable_percpu_irq(40);
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_percpu_irq(40, h, "p", &id));
	FACT(irq_set_percpu_devid(40));
	FACT(irq_set_percpu_devid(40));
	FACT(irq_is_percpu_devid(40));
	irq_set_handler(40, handle_percpu_devid_irq);
	FACT(request_irq(40, h, 0, "p", &id));
	FACT(request_percpu_irq(40, h, "p", NULL));
	FACT(request_percpu_irq(40, h, "p", &id));
	FACT(request_percpu_irq(40, h, "q", &id));
	FACT(irq_percpu_is_enabled(40));
	on_each_cpu(on, NULL, 1);
	FACT(irq_percpu_is_enabled(40));
	migrate_disable();
	fire(40, 2);
	migrate_enable();
	FACT(hits[0] + hits[1] + hits[2] + hits[3]);
	on_each_cpu(off, NULL, 1);
	FACT(irq_percpu_is_enabled(40));
	free_percpu_irq(40, &id);
}

static void leave(void)
{
	fixed_end();
}
