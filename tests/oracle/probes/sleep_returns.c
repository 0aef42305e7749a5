// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What sleeping functions return: time that is left, a signal, a wake-up. */
#include "probe.h"

#include <linux/hrtimer.h>
#include <linux/sched/signal.h>

static struct task_struct *sleeper;
static DECLARE_COMPLETION(over);
static int which;

static int sleep(void *data)
{
	ktime_t expires = ms_to_ktime(100);

	allow_signal(SIGUSR1);
	switch (which) {
	case 0:
		FACT(msleep_interruptible(100) > 0);
		break;
	case 1:
		set_current_state(TASK_INTERRUPTIBLE);
		FACT(schedule_hrtimeout(&expires, HRTIMER_MODE_REL));
		break;
	case 2:
		FACT(schedule_timeout_interruptible(HZ) > 0);
		break;
	case 3:
		FACT(schedule_timeout_killable(2));
		break;
	case 4:
		FACT(schedule_timeout_uninterruptible(2));
		break;
	case 5:
		msleep(10);
		SAY("msleep ends");
		break;
	}
	FACT(signal_pending(current));
	flush_signals(current);
	FACT(task_is_running(current));
	complete(&over);
	return 0;
}

static void probe(void)
{
	ktime_t soon = ms_to_ktime(1), zero = 0;

	for (which = 0; which < 6; which++) {
		reinit_completion(&over);
		sleeper = kthread_run(sleep, NULL, "oracle-sleeper");
		msleep(5);
		if (which < 3 || which == 5 || which == 3)
			send_sig(SIGUSR1, sleeper, 0);
		wait_for_completion(&over);
	}
	FACT(schedule_timeout(0));
	FACT(task_is_running(current));
	FACT(schedule_timeout_interruptible(-5));
	FACT(schedule_timeout_uninterruptible(1));
	FACT(msleep_interruptible(1));
	set_current_state(TASK_INTERRUPTIBLE);
	FACT(schedule_hrtimeout(&soon, HRTIMER_MODE_REL));
	set_current_state(TASK_INTERRUPTIBLE);
	FACT(schedule_hrtimeout(&zero, HRTIMER_MODE_REL));
	FACT(task_is_running(current));
	set_current_state(TASK_UNINTERRUPTIBLE);
	FACT(schedule_hrtimeout_range(&soon, 1000, HRTIMER_MODE_REL));
	FACT(schedule_timeout_idle(1));
}

static void leave(void)
{
}
