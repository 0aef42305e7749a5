// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kthreads: names, states, stop, park. */
#include "probe.h"

static int loop(void *x)
{
	who("thread");
	where("thread");
	SAY("cpus %*pbl", cpumask_pr_args(&current->cpus_mask));
	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			SAY("parks");
			kthread_parkme();
			SAY("unparked");
		}
		schedule_timeout_interruptible(1);
	}
	return 42;
}
static int ends(void *x)
{
	return 7;
}

static void probe(void)
{
	struct task_struct *t = kthread_create(loop, NULL, "probe/%d-with-a-long-name", 3);

	SAY("%s state %c policy %u nice %d", t->comm, task_state_to_char(t), t->policy, task_nice(t));
	FACT(t->flags & PF_KTHREAD);
	SAY("stop before start: %d", kthread_stop(t));
	t = kthread_run(loop, NULL, "loop");
	msleep(10);
	FACT(kthread_park(t));
	FACT(kthread_park(t));
	kthread_unpark(t);
	msleep(10);
	FACT(kthread_stop(t));
	t = kthread_create_on_node(ends, NULL, -1, "ends");
	get_task_struct(t);
	wake_up_process(t);
	msleep(10);
	SAY("state %c", task_state_to_char(t));
	SAY("stop of one that ended: %d", kthread_stop(t));
	put_task_struct(t);
	t = kthread_create_on_cpu(loop, NULL, 2, "oncpu/%u");
	SAY("%s cpus %*pbl", t->comm, cpumask_pr_args(&t->cpus_mask));
	kthread_unpark(t);
	msleep(10);
	FACT(kthread_stop(t));
	FACT(set_cpus_allowed_ptr(current, cpumask_of(1)));
	FACT(raw_smp_processor_id());
}

static void leave(void)
{
}
