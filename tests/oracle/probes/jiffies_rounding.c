// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* round_jiffies() in its forms, and how comparisons of jiffies wrap. */
#include "probe.h"

#include <linux/jiffies.h>
#include <linux/timer.h>

static void rounded(unsigned long ahead, int cpu)
{
	unsigned long base = (jiffies / HZ + 100) * HZ;

	SAY("%lu on cpu %d: %ld %ld", ahead, cpu, (long)(__round_jiffies(base + ahead, cpu) - base),
	    (long)(__round_jiffies_up(base + ahead, cpu) - base));
}

static void probe(void)
{
	static const unsigned long ahead[] = {0, 1, 2, 3, HZ / 4 - 1, HZ / 4, HZ / 4 + 1, HZ / 2, HZ - 1, HZ, HZ + 1};
	unsigned long base = (jiffies / HZ + 100) * HZ;
	unsigned int i;
	int cpu;

	for (i = 0; i < ARRAY_SIZE(ahead); i++)
		for (cpu = 0; cpu < 4; cpu++)
			rounded(ahead[i], cpu);
	FACT(round_jiffies_up(0) == 0);
	FACT(round_jiffies_relative(10 * HZ) >= 9 * HZ);
	FACT(time_after(0UL, ULONG_MAX));
	FACT(time_after(ULONG_MAX, 0UL));
	FACT(time_after_eq(5UL, 5UL));
	FACT(time_before(0UL, LONG_MAX));
	FACT(time_before(0UL, (unsigned long)LONG_MAX + 1));
	FACT(time_after(0UL, (unsigned long)LONG_MAX + 1));
	FACT(time_in_range(5UL, 5UL, 5UL));
	FACT(time_in_range_open(5UL, 5UL, 5UL));
	FACT(time_in_range_open(4UL, 4UL, 5UL));
	FACT(time_is_before_jiffies(jiffies - 1));
	FACT(time_is_after_jiffies(jiffies + 100));
	FACT(MAX_JIFFY_OFFSET);
	FACT(jiffies_to_nsecs(1));
	FACT(jiffies64_to_nsecs(3));
	FACT(nsecs_to_jiffies(999999999));
	FACT(nsecs_to_jiffies64(4000001));
	FACT(msecs_to_jiffies(UINT_MAX));
	FACT(msecs_to_jiffies(INT_MAX));
	FACT(usecs_to_jiffies(1));
	FACT(clock_t_to_jiffies(100));
	FACT(jiffies_to_clock_t(HZ));
	FACT(jiffies_delta_to_msecs(-5));
	FACT(jiffies_delta_to_clock_t(-5));
}

static void leave(void)
{
}
