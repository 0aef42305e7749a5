/* SPDX-License-Identifier: Apache-2.0 */
#ifndef __ASM_SMP_PLAT_H
#define __ASM_SMP_PLAT_H

#include <asm/smp.h>
#include <linux/cpumask.h>
#include <linux/errno.h>

/* The logical number of the CPU with this affinity, or -EINVAL. */
static inline int get_logical_index(u64 mpidr)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (cpu_logical_map(cpu) == mpidr)
			return (int)cpu;
	return -EINVAL;
}

#endif
