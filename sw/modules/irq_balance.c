// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Interrupt lines that wander: a balancer in a page.
 *
 * A line is handled by one CPU. On a board, the irqbalance daemon looks at /proc/interrupts every
 * ten seconds and writes to /proc/irq/N/smp_affinity; here a delayed work item does the same with
 * irq_set_affinity(). Each period the busiest line goes to the CPU that has the least to do so far,
 * then the next one, and so on. Which CPU is first changes each time, so that lines of equal load
 * move too, which is what a driver should survive: its handler and its thread run on another CPU
 * from one interrupt to the next.
 *
 * Lines behind a chained controller, such as GPIO lines, cannot be moved by themselves and are not
 * counted for their parent. The parent can be moved; it counts as one interrupt here.
 *
 *     insmod irq_balance.ko irqs=10,11,12 period_ms=10
 *     echo 4 > /proc/irq/19/smp_affinity        (the same by hand, for a line that a driver has)
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#define MAX_LINES 16

static int irqs[MAX_LINES];
static int lines;
module_param_array(irqs, int, &lines, 0444);
MODULE_PARM_DESC(irqs, "numbers of the lines to balance");
static int period_ms = 10;
module_param(period_ms, int, 0444);
MODULE_PARM_DESC(period_ms, "time between two looks");

static unsigned int seen[MAX_LINES]; /* counts at the last look */
static unsigned int load[MAX_LINES];
static unsigned int turn;
static unsigned long moves, refusals;

static void balance(struct work_struct *work);
static DECLARE_DELAYED_WORK(balance_work, balance);

static unsigned int count_of(int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	unsigned int sum = 0;
	int cpu;

	if (!data)
		return 0;
	for_each_possible_cpu(cpu) sum += *per_cpu_ptr(irq_data_to_desc(data)->kstat_irqs, cpu);
	return sum;
}

/* The online CPU with the least load; among equals the first one from `turn` on. */
static int idlest(const unsigned int *cpu_load)
{
	int best = -1;
	int i;

	for (i = 0; i < nr_cpu_ids; i++) {
		int cpu = (turn + i) % nr_cpu_ids;

		if (cpu_online(cpu) && (best < 0 || cpu_load[cpu] < cpu_load[best]))
			best = cpu;
	}
	return best;
}

static void balance(struct work_struct *work)
{
	unsigned int cpu_load[NR_CPUS] = {};
	bool placed[MAX_LINES] = {};
	int i;
	int n;

	for (i = 0; i < lines; i++) {
		unsigned int now = count_of(irqs[i]);

		load[i] = now - seen[i] + 1;
		seen[i] = now;
	}
	for (n = 0; n < lines; n++) {
		int heaviest = -1;
		int cpu = idlest(cpu_load);

		for (i = 0; i < lines; i++)
			if (!placed[i] && (heaviest < 0 || load[i] > load[heaviest]))
				heaviest = i;
		placed[heaviest] = true;
		cpu_load[cpu] += load[heaviest];
		if (irq_set_affinity(irqs[heaviest], cpumask_of(cpu)))
			refusals++;
		else
			moves++;
	}
	turn++;
	schedule_delayed_work(&balance_work, msecs_to_jiffies(period_ms));
}

static int __init irq_balance_init(void)
{
	if (!lines || period_ms < 1) {
		pr_err("irq_balance: expected irqs=N,... and a period of at least 1 ms\n");
		return -EINVAL;
	}
	schedule_delayed_work(&balance_work, 0);
	return 0;
}

static void __exit irq_balance_exit(void)
{
	cancel_delayed_work_sync(&balance_work);
	pr_info("irq_balance: %lu moves, %lu refusals\n", moves, refusals);
}

module_init(irq_balance_init);
module_exit(irq_balance_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Moves interrupt lines from CPU to CPU, by load");
