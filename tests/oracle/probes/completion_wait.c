// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Completions and wait queues. */
#include "probe.h"
#include <linux/wait.h>

static DECLARE_COMPLETION(c);
static DECLARE_WAIT_QUEUE_HEAD(q);
static atomic_t woken;
static int flag;

static int sleeper(void *x)
{
	if (x)
		wait_event_interruptible_exclusive(q, READ_ONCE(flag) || kthread_should_stop());
	else
		wait_event(q, READ_ONCE(flag));
	atomic_inc(&woken);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t[4];
	int i;

	FACT(try_wait_for_completion(&c));
	FACT(completion_done(&c));
	complete(&c);
	complete(&c);
	FACT(c.done);
	FACT(completion_done(&c));
	FACT(try_wait_for_completion(&c));
	FACT(wait_for_completion_timeout(&c, 10));
	FACT(c.done);
	FACT(wait_for_completion_timeout(&c, 1));
	FACT(wait_for_completion_interruptible_timeout(&c, 1));
	FACT(wait_for_completion_interruptible_timeout(&c, 0));
	complete_all(&c);
	FACT(c.done == UINT_MAX);
	wait_for_completion(&c);
	FACT(c.done == UINT_MAX);
	reinit_completion(&c);
	FACT(c.done);
	FACT(wait_event_timeout(q, 0, 2));
	FACT(wait_event_timeout(q, 1, 7));
	FACT(wait_event_timeout(q, 1, 0));
	FACT(wait_event_interruptible(q, 1));
	FACT(wait_event_interruptible_timeout(q, 0, 1));
	FACT(waitqueue_active(&q));
	for (i = 0; i < 4; i++) {
		t[i] = kthread_run(sleeper, i ? (void *)1 : NULL, "s%d", i);
		msleep(4);
	}
	FACT(waitqueue_active(&q));
	for (i = 0; i < 4; i++)
		SAY("state %c", task_state_to_char(t[i]));
	flag = 1;
	wake_up(&q);
	msleep(10);
	FACT(atomic_read(&woken));
	wake_up_nr(&q, 1);
	msleep(10);
	FACT(atomic_read(&woken));
	wake_up_interruptible_all(&q);
	msleep(10);
	FACT(atomic_read(&woken));
	for (i = 0; i < 4; i++)
		kthread_stop(t[i]);
	FACT(TASK_RUNNING);
	FACT(TASK_INTERRUPTIBLE);
	FACT(TASK_UNINTERRUPTIBLE);
	FACT(TASK_NORMAL);
	FACT(WQ_FLAG_EXCLUSIVE);
	FACT(TASK_IDLE);
}

static void leave(void)
{
}
