// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Says which CPU serves a button.
 *
 * A line of the GIC has /proc/irq/N/smp_affinity, a mask of CPUs that may be written. A pin has no such choice of its
 * own: its interrupt comes through its bank's line, and goes where that one goes. The bank's line is chained: the GPIO
 * driver has it for itself, and it is not in /proc/irq. So the kernel has to be asked, with irq_set_affinity().
 *
 *     insmod irq_affinity.ko irq=17
 *     echo 1 > /sys/module/irq_affinity/parameters/cpu
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int irq = 17;
module_param(irq, int, 0444);
MODULE_PARM_DESC(irq, "number of the bank's line");

static int set_cpu(const char *text, const struct kernel_param *param)
{
	unsigned int cpu;
	int error = kstrtouint(text, 0, &cpu);

	if (error)
		return error;
	if (cpu >= nr_cpu_ids || !cpu_online(cpu))
		return -EINVAL;
	error = irq_set_affinity(irq, cpumask_of(cpu));
	if (!error)
		*(unsigned int *)param->arg = cpu;
	return error;
}

static const struct kernel_param_ops cpu_ops = { .set = set_cpu, .get = param_get_uint };
static unsigned int cpu;
module_param_cb(cpu, &cpu_ops, &cpu, 0644);
MODULE_PARM_DESC(cpu, "which CPU serves it");

static int __init irq_affinity_init(void)
{
	return 0;
}

static void __exit irq_affinity_exit(void)
{
}

module_init(irq_affinity_init);
module_exit(irq_affinity_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Moves the line of a GPIO bank from CPU to CPU");
