// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A line's folder in /sys/kernel/irq. */
// exec: 5ms ls /sys/kernel/irq/40
// exec: 6ms cat /sys/kernel/irq/40/actions
// exec: 7ms cat /sys/kernel/irq/40/chip_name
// exec: 8ms cat /sys/kernel/irq/40/hwirq
// exec: 9ms cat /sys/kernel/irq/40/name
// exec: 10ms cat /sys/kernel/irq/40/per_cpu_count
// exec: 11ms cat /sys/kernel/irq/40/type
// exec: 12ms cat /sys/kernel/irq/40/wakeup
// exec: 13ms cat /sys/kernel/irq/41/actions
// exec: 14ms echo 1 > /sys/kernel/irq/40/type
// for: 20ms
#include "probe.h"

static int other;
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_irq(40, h, IRQF_TRIGGER_FALLING | IRQF_SHARED, "first", &fired_irq));
	FACT(request_irq(40, h, IRQF_TRIGGER_FALLING | IRQF_SHARED, "second", &other));
	FACT(irq_set_irq_wake(40, 1));
}

static void leave(void)
{
	free_irq(40, &fired_irq);
	free_irq(40, &other);
	fixed_end();
}
