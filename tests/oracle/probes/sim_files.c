// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* /proc/interrupts and /proc/irq of a fixed line, before, with and after a handler; writes to its files. */
// exec: 6ms ls /proc/irq/40
// exec: 7ms ls /proc/irq/41
// exec: 8ms cat /proc/irq/40/spurious
// exec: 9ms cat /proc/irq/40/smp_affinity /proc/irq/40/smp_affinity_list
// exec: 10ms echo 2 > /proc/irq/40/smp_affinity
// exec: 11ms cat /proc/irq/40/smp_affinity /proc/irq/40/effective_affinity
// exec: 12ms echo 0 > /proc/irq/40/smp_affinity
// exec: 13ms echo 1 > /proc/irq/40/spurious
// exec: 14ms cat /proc/irq/40/affinity_hint
// exec: 15.0ms cat /sys/kernel/irq/40/actions
// exec: 15.1ms cat /sys/kernel/irq/40/chip_name
// exec: 15.2ms cat /sys/kernel/irq/40/name
// exec: 15.3ms cat /sys/kernel/irq/40/type
// exec: 16ms cat /sys/kernel/irq/40/hwirq /sys/kernel/irq/40/wakeup /proc/irq/42/spurious
// exec: 19ms ls /sys/kernel/irq/40
// for: 22ms
#include "probe.h"

static int id, id2;
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_irq(40, h, IRQF_SHARED | IRQF_TRIGGER_RISING, "first", &id));
	FACT(request_irq(40, h, IRQF_SHARED | IRQF_TRIGGER_RISING, "with space", &id2));
	FACT(request_irq(41, h, 0, "gone", &id));
	fire(40, 3);
	free_irq(41, &id);
}

static void leave(void)
{
	free_irq(40, &id2);
	free_irq(40, &id);
	fixed_end();
}
