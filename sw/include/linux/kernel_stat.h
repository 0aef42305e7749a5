/* SPDX-License-Identifier: Apache-2.0 */
/* Counters behind /proc/stat and /proc/softirqs (Linux: include/linux/kernel_stat.h). */
#ifndef _LINUX_KERNEL_STAT_H
#define _LINUX_KERNEL_STAT_H

#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/types.h>

/* Where a CPU's time went, in ns. */
enum cpu_usage_stat {
	CPUTIME_USER,
	CPUTIME_NICE,
	CPUTIME_SYSTEM,
	CPUTIME_SOFTIRQ,
	CPUTIME_IRQ,
	CPUTIME_IDLE,
	CPUTIME_IOWAIT,
	CPUTIME_STEAL,
	CPUTIME_GUEST,
	CPUTIME_GUEST_NICE,
	NR_STATS,
};

struct kernel_cpustat {
	u64 cpustat[NR_STATS];
};

struct kernel_stat {
	unsigned long irqs_sum;
	unsigned int softirqs[NR_SOFTIRQS];
};

__BEGIN_DECLS
/* Where a CPU's time went until now. */
void kcpustat_cpu_fetch(struct kernel_cpustat *dst, int cpu);
DECLARE_PER_CPU(struct kernel_stat, kstat); /* kernel/softirq/softirq.cpp */
__END_DECLS

#define kstat_this_cpu this_cpu_ptr(&kstat)
#define kstat_cpu(cpu) per_cpu(kstat, cpu)

static inline void kstat_incr_softirqs_this_cpu(unsigned int irq)
{
	kstat_this_cpu->softirqs[irq]++;
}

static inline unsigned int kstat_softirqs_cpu(unsigned int irq, int cpu)
{
	return kstat_cpu(cpu).softirqs[irq];
}

static inline unsigned long kstat_cpu_irqs_sum(unsigned int cpu)
{
	return kstat_cpu(cpu).irqs_sum;
}

#endif
