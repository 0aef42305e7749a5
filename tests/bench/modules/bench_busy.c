// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/bench: every core counts in a loop on a volatile, one basic block an iteration, until the module goes. */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu.h>

static DEFINE_PER_CPU_ALIGNED(volatile unsigned long, spins);
static struct task_struct *threads[NR_CPUS];

static int bench_fn(void *arg)
{
	volatile unsigned long *spin = arg;
	int i;

	while (!kthread_should_stop())
		for (i = 0; i < 10000; i++)
			++*spin;
	return 0;
}

static int __init bench_init(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		threads[cpu] = kthread_create_on_cpu(bench_fn, (void *)per_cpu_ptr(&spins, cpu), cpu, "busy/%u");
		if (IS_ERR(threads[cpu]))
			return PTR_ERR(threads[cpu]);
		wake_up_process(threads[cpu]);
	}
	return 0;
}

static void __exit bench_exit(void)
{
	unsigned long sum = 0;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		kthread_stop(threads[cpu]);
	for_each_online_cpu(cpu)
		sum += per_cpu(spins, cpu);
	pr_info("bench_busy: %lu\n", sum);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
