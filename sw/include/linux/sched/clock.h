/* SPDX-License-Identifier: Apache-2.0 */
/* Time of the scheduler (Linux's include/linux/sched/clock.h): ns since boot, the same on all CPUs. Any context. */
#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H

#include <linux/types.h>

__BEGIN_DECLS
/* kernel/time/sched_clock */
unsigned long long sched_clock(void);
__END_DECLS

static inline u64 sched_clock_cpu(int cpu)
{
	return sched_clock();
}

static inline u64 cpu_clock(int cpu)
{
	return sched_clock();
}

static inline u64 local_clock(void)
{
	return sched_clock();
}

static inline int sched_clock_stable(void)
{
	return 1;
}

#endif
