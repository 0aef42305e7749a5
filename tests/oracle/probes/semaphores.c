// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Semaphores: who is woken first, what the forms that give up return. */
#include "probe.h"

#include <linux/sched/signal.h>
#include <linux/semaphore.h>

static DEFINE_SEMAPHORE(binary);
static struct semaphore three;
static DECLARE_COMPLETION(left);

static int waiter(void *data)
{
	down(&three);
	SAY("waiter %ld", (long)data);
	if (data == (void *)3)
		complete(&left);
	return 0;
}

static int killed(void *data)
{
	allow_signal(SIGUSR1);
	SAY("interruptible: %d", down_interruptible(&binary));
	flush_signals(current);
	complete(&left);
	return 0;
}

static void probe(void)
{
	struct task_struct *task;
	long i;

	FACT(down_trylock(&binary));
	FACT(down_trylock(&binary));
	FACT(down_timeout(&binary, 0));
	FACT(down_timeout(&binary, 1));
	task = kthread_run(killed, NULL, "oracle-killed");
	msleep(20);
	send_sig(SIGUSR1, task, 1);
	wait_for_completion(&left);
	up(&binary);
	FACT(down_killable(&binary));
	up(&binary);
	up(&binary);
	FACT(binary.count);
	FACT(down_interruptible(&binary));
	FACT(binary.count);
	sema_init(&three, 0);
	for (i = 1; i < 4; i++) {
		kthread_run(waiter, (void *)i, "oracle-sem/%ld", i);
		msleep(10);
	}
	FACT(three.count);
	FACT(list_empty(&three.wait_list));
	reinit_completion(&left);
	for (i = 0; i < 3; i++) {
		up(&three);
		msleep(10);
	}
	wait_for_completion(&left);
	FACT(three.count);
	sema_init(&three, -1);
	FACT(down_trylock(&three));
}

static void leave(void)
{
}
