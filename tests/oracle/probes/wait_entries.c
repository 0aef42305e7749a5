// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Wait queues: exclusive entries, priority, how many are woken, wake functions, forms that time out. */
#include "probe.h"

#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include <linux/poll.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int flag, verdicts[6];
static DECLARE_COMPLETION(over);

static int noted(struct wait_queue_entry *e, unsigned int mode, int flags, void *key)
{
	long n = (long)e->private;

	SAY("entry %ld: mode %u flags %#x key %ld exclusive %d", n, mode, flags & ~WQ_FLAG_BOOKMARK, (long)key,
	    e->flags & WQ_FLAG_EXCLUSIVE);
	return verdicts[n];
}

static struct wait_queue_entry entries[6];

static void add(long n, int how)
{
	init_waitqueue_func_entry(&entries[n], noted);
	entries[n].private = (void *)n;
	entries[n].flags = 0;
	if (how == 0)
		add_wait_queue(&queue, &entries[n]);
	else if (how == 1)
		add_wait_queue_exclusive(&queue, &entries[n]);
	else
		add_wait_queue_priority(&queue, &entries[n]);
}

static int interrupted(void *unused)
{
	allow_signal(SIGUSR1);
	FACT(wait_event_interruptible(queue, flag == 9));
	flush_signals(current);
	FACT(wait_event_interruptible_timeout(queue, flag == 9, HZ) < 0);
	flush_signals(current);
	complete(&over);
	return 0;
}

static void probe(void)
{
	struct task_struct *task;
	int i;

	FACT(waitqueue_active(&queue));
	add(0, 1);
	add(1, 1);
	add(2, 0);
	add(3, 1);
	add(4, 2);
	FACT(waitqueue_active(&queue));
	FACT(wq_has_sleeper(&queue));
	FACT(wq_has_single_sleeper(&queue));
	for (i = 0; i < 6; i++)
		verdicts[i] = 1;
	SAY("wake_up");
	wake_up(&queue);
	verdicts[0] = 0;
	SAY("the first does not wake");
	wake_up_interruptible(&queue);
	SAY("two");
	wake_up_nr(&queue, 2);
	SAY("all");
	wake_up_all(&queue);
	verdicts[4] = -1;
	SAY("the first stops it");
	wake_up_all(&queue);
	verdicts[4] = 0;
	SAY("with a key");
	wake_up_poll(&queue, EPOLLIN);
	SAY("synchronous");
	wake_up_interruptible_sync(&queue);
	for (i = 0; i < 5; i++)
		remove_wait_queue(&queue, &entries[i]);
	FACT(waitqueue_active(&queue));
	flag = 1;
	FACT(wait_event_timeout(queue, flag, 5));
	FACT(wait_event_timeout(queue, !flag, 2));
	FACT(wait_event_interruptible_timeout(queue, !flag, 2));
	FACT(wait_event_timeout(queue, flag, 0));
	FACT(wait_event_timeout(queue, !flag, 0));
	FACT(wait_event_hrtimeout(queue, !flag, ms_to_ktime(1)));
	FACT(wait_event_interruptible_hrtimeout(queue, flag, ms_to_ktime(1)));
	FACT(wait_event_killable(queue, flag));
	FACT(wait_event_interruptible_exclusive(queue, flag));
	task = kthread_run(interrupted, NULL, "oracle-wait");
	for (i = 0; i < 2; i++) {
		msleep(20);
		send_sig(SIGUSR1, task, 0);
	}
	wait_for_completion(&over);
}

static void leave(void)
{
}
