// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * For tests/sw/irq: a line that is moved while it fires. For each interrupt it is known which route the distributor
 * held when it was asserted and on which CPU it was handled.
 *
 * spi=1: an SPI of its own, made pending every 20 us by CPU 3. Otherwise the GPIO line `gpio`, whose edges come from
 * outside; CPU 3 watches the route of its parent, SPI `parent`, all the time. The parent, line `parent_irq`, has no
 * folder in /proc, as it is chained: a CPU's number written to the parameter `route` moves it.
 */
#define pr_fmt(fmt) "follow: " fmt

#include "lines.h"
#include <linux/gpio.h>
#include <linux/io.h>
#include <linux/processor.h>
#include <linux/sched/task.h>

#define GICD_IROUTER(intid) (0x6000 + 8 * (intid))

static bool spi;
module_param(spi, bool, 0444);
static int gpio = 101;
module_param(gpio, int, 0444);
static int parent = 36;
module_param(parent, int, 0444);
static int parent_irq;
module_param(parent_irq, int, 0444);

static int move_parent(const char *value, const struct kernel_param *kp)
{
	unsigned int cpu;
	int ret = kstrtouint(value, 0, &cpu);

	return ret ?: irq_set_affinity(parent_irq, cpumask_of(cpu));
}
static const struct kernel_param_ops route_ops = {.set = move_parent};
module_param_cb(route, &route_ops, NULL, 0200);
static int count = 200;
module_param(count, int, 0444);

static void __iomem *gicd;
static unsigned int irq, intid;
static struct task_struct *task;

static atomic_t taken_by = ATOMIC_INIT(-1); /* the CPU that handled the SPI */
static ktime_t moved_at;		    /* when the route was seen to have changed */
static ktime_t late_at;			    /* when the last interrupt came to CPU 0 */
static unsigned int handled, wrong, on_cpu[4], first_after = -1;

static int route(void)
{
	return readq(gicd + GICD_IROUTER(intid)) >> 8 & 0xff;
}

static irqreturn_t spi_handler(int n, void *dev)
{
	unsigned int cpu = smp_processor_id();

	handled++;
	on_cpu[cpu]++;
	atomic_set(&taken_by, cpu);
	return IRQ_HANDLED;
}

static irqreturn_t gpio_handler(int n, void *dev)
{
	unsigned int cpu = smp_processor_id();

	handled++;
	on_cpu[cpu]++;
	if (cpu == 0)
		late_at = ktime_get();
	else if (first_after == -1)
		first_after = cpu;
	return IRQ_HANDLED;
}

static int pend(void *unused)
{
	int i;

	for (i = 0; i < count; i++) {
		unsigned long flags;
		int before, after, cpu;

		/* Nothing else runs here between the look and the assertion. */
		local_irq_save(flags);
		before = route();
		irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
		local_irq_restore(flags);
		usleep_range(20, 20);
		/* Handled before the next one, or it would merge. */
		while (atomic_read(&taken_by) == -1)
			cpu_relax();
		cpu = atomic_read(&taken_by);
		/* If the route changed meanwhile, the interrupt may have gone along. */
		after = route();
		if (cpu != before && cpu != after)
			wrong++;
		if (before == 2 && first_after == -1)
			first_after = cpu;
		atomic_set(&taken_by, -1);
	}
	return 0;
}

static int watch(void *unused)
{
	while (!kthread_should_stop()) {
		if (!moved_at && route() == 2)
			moved_at = ktime_get();
		if (moved_at)
			usleep_range(100, 100);
		else
			udelay(1);
	}
	return 0;
}

static int __init follow_init(void)
{
	int ret;

	gicd = ioremap(0xfd400000, 0x10000);
	irq = spi ? gic_line(0, 200, IRQ_TYPE_EDGE_RISING) : gpio_to_irq(gpio);
	intid = 32 + (spi ? 200 : parent);
	ret = request_irq(irq, spi ? spi_handler : gpio_handler, spi ? 0 : IRQF_TRIGGER_RISING, "follow", &irq);
	if (ret)
		return ret;
	task = kthread_create(spi ? pend : watch, NULL, "follow");
	kthread_bind(task, 3);
	get_task_struct(task);
	wake_up_process(task);
	pr_info("irq=%u\n", irq);
	return 0;
}

static void __exit follow_exit(void)
{
	kthread_stop(task);
	put_task_struct(task);
	free_irq(irq, &irq);
	if (spi)
		irq_dispose_mapping(irq);
	iounmap(gicd);
	pr_info("handled=%u wrong=%u first_after=%d cpu0=%u cpu2=%u late_ns=%lld moved=%d\n", handled, wrong,
		(int)first_after, on_cpu[0], on_cpu[2],
		late_at && moved_at ? ktime_to_ns(ktime_sub(late_at, moved_at)) : 0, !!moved_at);
}

module_init(follow_init);
module_exit(follow_exit);
MODULE_LICENSE("GPL");
