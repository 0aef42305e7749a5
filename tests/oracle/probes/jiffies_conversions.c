// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Conversions to and from jiffies, rounding, comparisons. */
#include "probe.h"
#include <linux/jiffies.h>
#include <linux/time64.h>

static void probe(void)
{
	struct timespec64 ts = {1, 1};

	FACT(HZ);
	FACT(msecs_to_jiffies(0));
	FACT(msecs_to_jiffies(1));
	FACT(msecs_to_jiffies(4));
	FACT(msecs_to_jiffies(5));
	FACT(msecs_to_jiffies(1000));
	FACT(msecs_to_jiffies(-1));
	FACT(msecs_to_jiffies(UINT_MAX - 1));
	FACT(usecs_to_jiffies(0));
	FACT(usecs_to_jiffies(1));
	FACT(usecs_to_jiffies(4001));
	FACT(usecs_to_jiffies(UINT_MAX));
	FACT(nsecs_to_jiffies(3999999));
	FACT(nsecs_to_jiffies(4000000));
	FACT(jiffies_to_msecs(3));
	FACT(jiffies_to_usecs(3));
	FACT(jiffies_to_nsecs(3));
	FACT(jiffies64_to_nsecs(5));
	FACT(jiffies64_to_msecs(5));
	FACT(nsecs_to_jiffies64(12345678));
	FACT(timespec64_to_jiffies(&ts));
	jiffies_to_timespec64(251, &ts);
	SAY("%lld %ld", ts.tv_sec, ts.tv_nsec);
	FACT(jiffies_to_clock_t(250));
	FACT(clock_t_to_jiffies(100));
	FACT(jiffies_64_to_clock_t(251));
	FACT(MAX_JIFFY_OFFSET == (LONG_MAX >> 1) - 1);
	FACT(INITIAL_JIFFIES);
	FACT(TICK_NSEC);
	FACT(TICK_USEC);
	FACT(USER_HZ);
	FACT(time_after(5UL, 4UL));
	FACT(time_before(ULONG_MAX, 1UL));
	FACT(time_in_range(5UL, 4UL, 5UL));
	FACT(time_in_range_open(5UL, 4UL, 5UL));
	FACT(__round_jiffies(1000, 0));
	FACT(__round_jiffies(1000, 3));
	FACT(__round_jiffies_up_relative(1, 0) > 0);
	FACT(get_jiffies_64() == jiffies);
	FACT(time_is_after_jiffies(jiffies + 10));
	FACT(time_is_before_eq_jiffies(jiffies));
}

static void leave(void)
{
}
