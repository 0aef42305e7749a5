// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* hrtimers: contexts of soft and hard callbacks, sleepers, what sleeping until a time answers. */
#include "probe.h"
#include <linux/hrtimer.h>

static enum hrtimer_restart hard(struct hrtimer *t)
{
	where("hard");
	return HRTIMER_NORESTART;
}
static enum hrtimer_restart soft(struct hrtimer *t)
{
	where("soft");
	return HRTIMER_NORESTART;
}
static struct hrtimer a;

static void probe(void)
{
	ktime_t t = ms_to_ktime(2), start;

	hrtimer_init(&a, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	a.function = hard;
	hrtimer_start(&a, t, HRTIMER_MODE_REL_HARD);
	msleep(10);
	FACT(a.is_hard);
	FACT(a.is_soft);
	FACT(a.state);
	hrtimer_init(&a, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	a.function = soft;
	hrtimer_start(&a, t, HRTIMER_MODE_REL_SOFT);
	msleep(10);
	FACT(a.is_hard);
	FACT(a.is_soft);
	hrtimer_init(&a, CLOCK_REALTIME, HRTIMER_MODE_ABS);
	a.function = hard;
	hrtimer_start(&a, ktime_add(ktime_get_real(), t), HRTIMER_MODE_ABS);
	FACT(hrtimer_is_queued(&a));
	FACT(hrtimer_try_to_cancel(&a));
	hrtimer_start_range_ns(&a, ktime_get_real(), 1000000, HRTIMER_MODE_ABS);
	FACT(ktime_sub(hrtimer_get_expires(&a), hrtimer_get_softexpires(&a)));
	msleep(10);
	hrtimer_init(&a, CLOCK_BOOTTIME, HRTIMER_MODE_REL);
	a.function = hard;
	hrtimer_start(&a, 0, HRTIMER_MODE_REL);
	msleep(5);
	FACT(hrtimer_active(&a));
	start = ktime_get();
	set_current_state(TASK_UNINTERRUPTIBLE);
	FACT(schedule_hrtimeout(&t, HRTIMER_MODE_REL));
	FACT(ktime_ms_delta(ktime_get(), start) >= 2);
	FACT(READ_ONCE(current->__state));
	t = 0;
	set_current_state(TASK_INTERRUPTIBLE);
	FACT(schedule_hrtimeout(&t, HRTIMER_MODE_REL));
	set_current_state(TASK_RUNNING);
	t = ms_to_ktime(3);
	set_current_state(TASK_IDLE);
	FACT(schedule_hrtimeout_range(&t, 1000, HRTIMER_MODE_REL));
	FACT(schedule_timeout_uninterruptible(1));
	FACT(schedule_timeout_killable(2));
	FACT(schedule_timeout_idle(0));
	FACT(msleep_interruptible(3));
}

static void leave(void)
{
}
