// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A writer that leaves: who gets a rwsem next. */
#include "probe.h"
#include <linux/rwsem.h>

static DECLARE_RWSEM(rw);
static char order[16];
static atomic_t n;

static int reader(void *x)
{
	down_read(&rw);
	order[atomic_inc_return(&n) - 1] = 'r';
	msleep(10);
	up_read(&rw);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}
static int writer(void *x)
{
	down_write(&rw);
	order[atomic_inc_return(&n) - 1] = 'w';
	msleep(10);
	up_write(&rw);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t[6];
	int (*const fn[6])(void *) = {reader, writer, reader, reader, writer, reader};
	int i;

	down_write(&rw);
	for (i = 0; i < 6; i++) {
		t[i] = kthread_run(fn[i], NULL, "rw");
		msleep(4);
	}
	up_write(&rw);
	msleep(100);
	SAY("order %s", order);
	for (i = 0; i < 6; i++)
		kthread_stop(t[i]);
}

static void leave(void)
{
}
