// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A line's files in /proc/irq. */
// exec: 5ms ls /proc/irq/40
// exec: 6.0ms cat /proc/irq/40/smp_affinity
// exec: 6.1ms cat /proc/irq/40/smp_affinity_list
// exec: 6.2ms cat /proc/irq/40/affinity_hint
// exec: 6.3ms cat /proc/irq/40/node
// exec: 6.4ms cat /proc/irq/40/effective_affinity
// exec: 6.5ms cat /proc/irq/40/effective_affinity_list
// exec: 7ms cat /proc/irq/40/spurious
// exec: 8ms ls /proc/irq/40/proc-probe
// exec: 9ms ls /proc/irq/41
// exec: 10ms cat /proc/irq/40/nothing
// exec: 11ms cat /proc/irq/40
// for: 20ms
#include "probe.h"

static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	FACT(fixed_line(0));
	FACT(request_irq(40, h, IRQF_TRIGGER_RISING, "proc-probe", &fired_irq));
	fire(40, 3);
}

static void leave(void)
{
	free_irq(40, &fired_irq);
	fixed_end();
}
