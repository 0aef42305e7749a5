// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Policies and nice levels as the setters leave them. */
#include "probe.h"
#include <uapi/linux/sched/types.h>

static int loop(void *x)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void show(const char *what, struct task_struct *t)
{
	SAY("%s: policy %u rt %u static %d normal %d prio %d nice %d", what, t->policy, t->rt_priority, t->static_prio,
	    t->normal_prio, t->prio, task_nice(t));
}

static void probe(void)
{
	struct task_struct *t = kthread_run(loop, NULL, "sched");
	struct sched_attr a = {.size = sizeof(a), .sched_policy = SCHED_FIFO, .sched_priority = 30};

	show("new", t);
	set_user_nice(t, 5);
	show("nice 5", t);
	set_user_nice(t, -30);
	show("nice -30", t);
	sched_set_fifo(t);
	show("fifo", t);
	sched_set_fifo_low(t);
	show("fifo low", t);
	sched_set_normal(t, 3);
	show("normal", t);
	FACT(sched_setattr_nocheck(t, &a));
	show("attr", t);
	a.sched_priority = 100;
	FACT(sched_setattr_nocheck(t, &a));
	a.sched_priority = 0;
	FACT(sched_setattr_nocheck(t, &a));
	a.sched_policy = SCHED_RR;
	a.sched_priority = 1;
	FACT(sched_setattr_nocheck(t, &a));
	show("rr", t);
	a.sched_policy = SCHED_BATCH;
	a.sched_priority = 0;
	a.sched_nice = 7;
	FACT(sched_setattr_nocheck(t, &a));
	show("batch", t);
	a.sched_policy = SCHED_IDLE;
	FACT(sched_setattr_nocheck(t, &a));
	show("idle", t);
	a.sched_policy = 77;
	FACT(sched_setattr_nocheck(t, &a));
	FACT(set_cpus_allowed_ptr(t, cpumask_of(3)));
	SAY("%*pbl nr %d", cpumask_pr_args(&t->cpus_mask), t->nr_cpus_allowed);
	{
		struct cpumask none = {};

		FACT(set_cpus_allowed_ptr(t, &none));
	}
	msleep(20);
	FACT(task_cpu(t));
	FACT(MAX_RT_PRIO);
	FACT(MAX_PRIO);
	FACT(DEFAULT_PRIO);
	FACT(TASK_COMM_LEN);
	FACT(rt_task(t));
	FACT(t->exit_state);
	kthread_stop(t);
}

static void leave(void)
{
}
