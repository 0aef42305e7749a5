// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* CPU hotplug by its files. */
// exec: 5ms echo 0 > /sys/devices/system/cpu/cpu2/online
// exec: 50ms cat /sys/devices/system/cpu/cpu2/online
// exec: 51ms cat /sys/devices/system/cpu/online
// exec: 52ms head -n 1 /proc/interrupts
// exec: 53ms head -n 1 /proc/softirqs
// exec: 54ms echo 0 > /sys/devices/system/cpu/cpu2/online
// exec: 60ms cat /proc/irq/40/smp_affinity
// exec: 61ms cat /proc/irq/40/effective_affinity
// exec: 62ms echo 4 > /proc/irq/40/smp_affinity
// exec: 63ms echo 1 > /sys/devices/system/cpu/cpu2/online
// exec: 90ms cat /sys/devices/system/cpu/online
// exec: 91ms echo x > /sys/devices/system/cpu/cpu2/online
// exec: 92ms echo 2 > /sys/devices/system/cpu/cpu2/online
// exec: 93ms cat /proc/irq/40/smp_affinity
// exec: 94ms cat /proc/irq/40/effective_affinity
// for: 100ms
#include "probe.h"

static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_irq(40, h, 0, "moves", &fired_irq));
	FACT(irq_set_affinity(40, cpumask_of(2)));
}

static void leave(void)
{
	free_irq(40, &fired_irq);
	fixed_end();
}
