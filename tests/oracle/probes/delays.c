// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Sleeping and waiting: lower bounds hold; return values. */
#include "probe.h"
#include <linux/sched/clock.h>

static void probe(void)
{
	ktime_t t = ktime_get();

	usleep_range(1000, 1100);
	FACT(ktime_us_delta(ktime_get(), t) >= 1000);
	t = ktime_get();
	udelay(50);
	FACT(ktime_us_delta(ktime_get(), t) >= 50);
	t = ktime_get();
	mdelay(2);
	FACT(ktime_us_delta(ktime_get(), t) >= 2000);
	t = ktime_get();
	msleep(1);
	FACT(ktime_us_delta(ktime_get(), t) >= 1000);
	FACT(msleep_interruptible(1));
	FACT(schedule_timeout_killable(1));
	FACT(schedule_timeout_idle(1));
	t = ktime_get();
	fsleep(5);
	FACT(ktime_us_delta(ktime_get(), t) >= 5);
	FACT(schedule_timeout(0));
	set_current_state(TASK_INTERRUPTIBLE);
	FACT(schedule_timeout(2));
	FACT(current->__state);
	{
		ktime_t e = ms_to_ktime(2);

		set_current_state(TASK_UNINTERRUPTIBLE);
		FACT(schedule_hrtimeout(&e, HRTIMER_MODE_REL));
		e = 0;
		set_current_state(TASK_UNINTERRUPTIBLE);
		FACT(schedule_hrtimeout_range(&e, 100, HRTIMER_MODE_REL));
		set_current_state(TASK_INTERRUPTIBLE);
		__set_current_state(TASK_RUNNING);
		FACT(need_resched() >= 0);
		yield();
		FACT(cond_resched() >= 0);
	}
	FACT(ktime_get_boottime_seconds() >= ktime_get_seconds());
	FACT(local_clock() > 0);
	FACT(ktime_get_real_seconds() > 0);
	FACT(jiffies_64 > 0);
}

static void leave(void)
{
}
