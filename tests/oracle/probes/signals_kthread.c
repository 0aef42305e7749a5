// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Signals and kthreads; kernel threads' state letters. */
#include "probe.h"
#include <linux/sched/signal.h>

static int t1(void *x)
{
	allow_signal(SIGUSR1);
	SAY("pending %d", signal_pending(current));
	while (!kthread_should_stop() && !signal_pending(current))
		schedule_timeout_interruptible(HZ);
	SAY("pending %d sleep %ld", signal_pending(current), msleep_interruptible(20));
	flush_signals(current);
	SAY("pending %d", signal_pending(current));
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t = kthread_run(t1, NULL, "signals");

	msleep(10);
	SAY("state %c", task_state_to_char(t));
	FACT(send_sig(SIGUSR2, t, 0));
	msleep(10);
	FACT(send_sig(SIGUSR1, t, 0));
	msleep(50);
	kthread_stop(t);
	FACT(SIGUSR1);
	FACT(SIGKILL);
	FACT(signal_pending(current));
	FACT(fatal_signal_pending(current));
	FACT(TASK_DEAD > 0);
	FACT(_NSIG);
}

static void leave(void)
{
}
