// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Orders of wake-ups: mutex and semaphore waiters. */
#include "probe.h"
#include <linux/mutex.h>
#include <linux/semaphore.h>

static DEFINE_MUTEX(m);
static struct semaphore s;
static char order[16];
static int n;
static int mw(void *x)
{
	mutex_lock(&m);
	order[n++] = (long)x;
	mutex_unlock(&m);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}
static int sw(void *x)
{
	down(&s);
	order[n++] = (long)x;
	up(&s);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void all(const char *what, int (*fn)(void *))
{
	struct task_struct *t[4];
	long i;

	memset(order, 0, sizeof(order));
	n = 0;
	for (i = 0; i < 4; i++) {
		t[i] = kthread_create(fn, (void *)('a' + i), "w");
		if (i == 2)
			sched_set_fifo(t[i]);
		wake_up_process(t[i]);
		msleep(4);
	}
	if (fn == mw)
		mutex_unlock(&m);
	else
		up(&s);
	msleep(40);
	SAY("%s %s", what, order);
	for (i = 0; i < 4; i++)
		kthread_stop(t[i]);
}

static void probe(void)
{
	sema_init(&s, 0);
	mutex_lock(&m);
	all("mutex", mw);
	all("semaphore", sw);
}

static void leave(void)
{
}
