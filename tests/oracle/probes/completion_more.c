// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Completions: every wait's answer, counts, reinit, try, on the stack. */
#include "probe.h"

static DECLARE_COMPLETION(c);
static int sig(void *x)
{
	allow_signal(SIGINT);
	SAY("interruptible %d", wait_for_completion_interruptible(&c));
	flush_signals(current);
	SAY("killable timeout %ld", wait_for_completion_killable_timeout(&c, 2));
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t;

	FACT(try_wait_for_completion(&c));
	FACT(completion_done(&c));
	complete(&c);
	complete(&c);
	FACT(c.done);
	FACT(completion_done(&c));
	FACT(try_wait_for_completion(&c));
	FACT(wait_for_completion_timeout(&c, 100));
	FACT(wait_for_completion_timeout(&c, 1));
	FACT(wait_for_completion_interruptible_timeout(&c, 1));
	complete_all(&c);
	FACT(c.done == UINT_MAX);
	FACT(wait_for_completion_interruptible_timeout(&c, 7));
	FACT(wait_for_completion_killable(&c));
	FACT(c.done == UINT_MAX);
	complete(&c);
	FACT(c.done == UINT_MAX);
	reinit_completion(&c);
	FACT(c.done);
	t = kthread_run(sig, NULL, "sig");
	msleep(5);
	send_sig(SIGINT, t, 0);
	msleep(20);
	kthread_stop(t);
	FACT(wait_for_completion_io_timeout(&c, 1));
}

static void leave(void)
{
}
