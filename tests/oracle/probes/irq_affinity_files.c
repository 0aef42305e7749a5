// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What may be written to smp_affinity, smp_affinity_list and default_smp_affinity. */
// exec: 5ms echo "0" > /proc/irq/40/smp_affinity
// exec: 6ms cat /proc/irq/40/smp_affinity
// exec: 7ms echo "1" > /proc/irq/40/smp_affinity
// exec: 8ms cat /proc/irq/40/smp_affinity
// exec: 9ms echo "f0" > /proc/irq/40/smp_affinity
// exec: 10ms cat /proc/irq/40/smp_affinity
// exec: 11ms echo "3" > /proc/irq/40/smp_affinity
// exec: 12ms cat /proc/irq/40/smp_affinity
// exec: 13ms echo "g" > /proc/irq/40/smp_affinity
// exec: 14ms cat /proc/irq/40/smp_affinity
// exec: 15ms echo "100000000" > /proc/irq/40/smp_affinity
// exec: 16ms cat /proc/irq/40/smp_affinity
// exec: 17ms echo "1,00000001" > /proc/irq/40/smp_affinity
// exec: 18ms cat /proc/irq/40/smp_affinity
// exec: 19ms echo > /proc/irq/40/smp_affinity
// exec: 20ms cat /proc/irq/40/smp_affinity
// exec: 21ms echo "0-3" > /proc/irq/40/smp_affinity
// exec: 22ms cat /proc/irq/40/smp_affinity
// exec: 23ms echo "-1" > /proc/irq/40/smp_affinity
// exec: 24ms cat /proc/irq/40/smp_affinity
// exec: 25ms echo "0x3" > /proc/irq/40/smp_affinity
// exec: 26ms cat /proc/irq/40/smp_affinity
// exec: 27ms echo " 2" > /proc/irq/40/smp_affinity
// exec: 28ms cat /proc/irq/40/smp_affinity
// exec: 29ms echo "00000004" > /proc/irq/40/smp_affinity
// exec: 30ms cat /proc/irq/40/smp_affinity
// exec: 31ms echo "0" > /proc/irq/40/smp_affinity_list
// exec: 32ms cat /proc/irq/40/smp_affinity_list
// exec: 33ms echo "1-2" > /proc/irq/40/smp_affinity_list
// exec: 34ms cat /proc/irq/40/smp_affinity_list
// exec: 35ms echo "0,3" > /proc/irq/40/smp_affinity_list
// exec: 36ms cat /proc/irq/40/smp_affinity_list
// exec: 37ms echo "4" > /proc/irq/40/smp_affinity_list
// exec: 38ms cat /proc/irq/40/smp_affinity_list
// exec: 39ms echo "3-1" > /proc/irq/40/smp_affinity_list
// exec: 40ms cat /proc/irq/40/smp_affinity_list
// exec: 41ms echo "x" > /proc/irq/40/smp_affinity_list
// exec: 42ms cat /proc/irq/40/smp_affinity_list
// exec: 43ms echo > /proc/irq/40/smp_affinity_list
// exec: 44ms cat /proc/irq/40/smp_affinity_list
// exec: 45ms echo "0-3:2/3" > /proc/irq/40/smp_affinity_list
// exec: 46ms cat /proc/irq/40/smp_affinity_list
// exec: 47ms echo "0-63" > /proc/irq/40/smp_affinity_list
// exec: 48ms cat /proc/irq/40/smp_affinity_list
// exec: 49ms echo "all" > /proc/irq/40/smp_affinity_list
// exec: 50ms cat /proc/irq/40/smp_affinity_list
// exec: 51ms echo "1," > /proc/irq/40/smp_affinity_list
// exec: 52ms cat /proc/irq/40/smp_affinity_list
// exec: 53ms echo "2" > /proc/irq/41/smp_affinity
// exec: 54ms cat /proc/irq/41/smp_affinity
// exec: 55ms echo "3" > /proc/irq/default_smp_affinity
// exec: 56ms cat /proc/irq/default_smp_affinity
// exec: 57ms echo "0" > /proc/irq/default_smp_affinity
// exec: 58ms cat /proc/irq/default_smp_affinity
// exec: 59ms echo "f0" > /proc/irq/default_smp_affinity
// exec: 60ms cat /proc/irq/default_smp_affinity
// exec: 61ms echo "ff" > /proc/irq/default_smp_affinity
// exec: 62ms cat /proc/irq/default_smp_affinity
// exec: 63ms echo "x" > /proc/irq/default_smp_affinity
// exec: 64ms cat /proc/irq/default_smp_affinity
// exec: 65ms echo > /proc/irq/default_smp_affinity
// exec: 66ms cat /proc/irq/default_smp_affinity
// exec: 67ms echo "f" > /proc/irq/default_smp_affinity
// exec: 68ms cat /proc/irq/default_smp_affinity
// for: 71ms
#include "probe.h"

static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	fixed_line(0);
	FACT(request_irq(40, h, 0, "aff-probe", &fired_irq));
	FACT(request_irq(41, h, IRQF_NOBALANCING, "stays", &fired_irq));
}

static void leave(void)
{
	SAY("affinity %*pbl", cpumask_pr_args(irq_get_affinity_mask(40)));
	free_irq(40, &fired_irq);
	free_irq(41, &fired_irq);
	fixed_end();
}
