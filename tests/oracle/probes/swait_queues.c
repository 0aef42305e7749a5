// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Simple wait queues. */
#include "probe.h"
#include <linux/swait.h>

static DECLARE_SWAIT_QUEUE_HEAD(q);
static int go;
static int waiter(void *x)
{
	swait_event_exclusive(q, READ_ONCE(go) > (long)x);
	SAY("waiter %ld", (long)x);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *a = kthread_run(waiter, (void *)0, "a"), *b;

	msleep(5);
	b = kthread_run(waiter, (void *)1, "b");
	msleep(5);
	FACT(swait_active(&q));
	go = 1;
	swake_up_one(&q);
	msleep(5);
	FACT(swait_active(&q));
	go = 2;
	swake_up_all(&q);
	msleep(5);
	FACT(swait_active(&q));
	FACT(swait_event_timeout_exclusive(q, false, 2));
	FACT(swait_event_timeout_exclusive(q, true, 2));
	kthread_stop(a);
	kthread_stop(b);
}

static void leave(void)
{
}
