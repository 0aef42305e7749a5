// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Wait queues: exclusive and not, order of waking, entries of one's own, autoremove. */
#include "probe.h"
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(q);
static char notes[32];
static int fn(wait_queue_entry_t *w, unsigned int mode, int flags, void *key)
{
	size_t n = strlen(notes);

	notes[n] = 'a' + (long)w->private;
	SAY("woken %ld mode %u key %ld", (long)w->private, mode, (long)key);
	return (long)w->private != 3;
}
static wait_queue_entry_t e[5];
static int ex(void *x)
{
	DEFINE_WAIT(w);

	prepare_to_wait_exclusive(&q, &w, TASK_UNINTERRUPTIBLE);
	schedule();
	SAY("exclusive woken, queued %d", !list_empty(&w.entry));
	finish_wait(&q, &w);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t;
	long i;

	FACT(waitqueue_active(&q));
	for (i = 0; i < 5; i++) {
		init_waitqueue_func_entry(&e[i], fn);
		e[i].private = (void *)i;
	}
	add_wait_queue(&q, &e[0]);
	add_wait_queue(&q, &e[1]);
	add_wait_queue_exclusive(&q, &e[2]);
	add_wait_queue_exclusive(&q, &e[3]);
	add_wait_queue_exclusive(&q, &e[4]);
	FACT(waitqueue_active(&q));
	wake_up(&q);
	SAY("%s", notes);
	memset(notes, 0, sizeof(notes));
	wake_up_nr(&q, 2);
	SAY("%s", notes);
	memset(notes, 0, sizeof(notes));
	wake_up_all(&q);
	SAY("%s", notes);
	memset(notes, 0, sizeof(notes));
	wake_up_interruptible_poll(&q, 9);
	SAY("%s", notes);
	FACT(wq_has_single_sleeper(&q));
	for (i = 0; i < 5; i++)
		remove_wait_queue(&q, &e[i]);
	FACT(waitqueue_active(&q));
	memset(notes, 0, sizeof(notes));
	add_wait_queue_priority(&q, &e[4]);
	add_wait_queue(&q, &e[0]);
	wake_up(&q);
	SAY("%s flags %#x", notes, e[4].flags);
	remove_wait_queue(&q, &e[4]);
	remove_wait_queue(&q, &e[0]);
	t = kthread_run(ex, NULL, "ex");
	msleep(5);
	FACT(wq_has_single_sleeper(&q));
	FACT(READ_ONCE(t->__state));
	wake_up(&q);
	msleep(5);
	kthread_stop(t);
	FACT(wait_event_timeout(q, false, 2));
	FACT(wait_event_timeout(q, true, 2));
	FACT(wait_event_timeout(q, true, 0));
	FACT(wait_event_timeout(q, false, 0));
	FACT(wait_event_interruptible_timeout(q, false, 1));
	FACT(wait_event_interruptible(q, true));
	FACT(wait_event_killable(q, true));
	FACT(wait_event_hrtimeout(q, false, ms_to_ktime(1)));
	FACT(wait_event_hrtimeout(q, true, ms_to_ktime(1)));
	FACT(WQ_FLAG_EXCLUSIVE);
	FACT(WQ_FLAG_WOKEN);
	FACT(WQ_FLAG_PRIORITY);
}

static void leave(void)
{
}
