// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* rt_mutex: the owner gets its waiters' priority. */
#include "probe.h"
#include <linux/rtmutex.h>

static DEFINE_RT_MUTEX(m);
static DECLARE_COMPLETION(held);
static DECLARE_COMPLETION(go);

static int owner(void *x)
{
	rt_mutex_lock(&m);
	complete(&held);
	wait_for_completion(&go);
	SAY("owner before unlock: prio %d normal %d", current->prio, current->normal_prio);
	rt_mutex_unlock(&m);
	SAY("owner after unlock: prio %d", current->prio);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}
static int waiter(void *x)
{
	rt_mutex_lock(&m);
	SAY("waiter has it: prio %d", current->prio);
	rt_mutex_unlock(&m);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *o = kthread_run(owner, NULL, "owner"), *w;

	wait_for_completion(&held);
	FACT(rt_mutex_trylock(&m));
	SAY("owner alone: prio %d", o->prio);
	w = kthread_create(waiter, NULL, "waiter");
	sched_set_fifo(w);
	wake_up_process(w);
	msleep(10);
	SAY("owner with a waiter: prio %d policy %u", o->prio, o->policy);
	sched_set_fifo_low(w);
	msleep(5);
	SAY("owner when the waiter is lower: prio %d", o->prio);
	complete(&go);
	msleep(20);
	kthread_stop(o);
	kthread_stop(w);
}

static void leave(void)
{
}
