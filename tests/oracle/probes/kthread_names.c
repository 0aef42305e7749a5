// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Names, binding, stopping before the start, exits, parking. */
#include "probe.h"

static int ran;
static int quick(void *x)
{
	ran++;
	return 42;
}
static int full(void *x)
{
	SAY("%s on %u bound %d", current->comm, raw_smp_processor_id(), !!(current->flags & PF_NO_SETAFFINITY));
	SAY("data %ld", (long)kthread_data(current));
	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			SAY("parking");
			kthread_parkme();
			SAY("unparked");
		}
		schedule_timeout_interruptible(1);
	}
	return -5;
}
static DECLARE_COMPLETION(done);
static int ends(void *x)
{
	kthread_complete_and_exit(&done, 7);
}

static void probe(void)
{
	struct task_struct *t = kthread_create(quick, NULL, "a-name-that-is-too-long/%d", 5);

	SAY("[%s] state %#x", t->comm, READ_ONCE(t->__state));
	FACT(kthread_stop(t));
	FACT(ran);
	t = kthread_create(quick, NULL, "%s", "b");
	get_task_struct(t);
	wake_up_process(t);
	msleep(5);
	FACT(ran);
	FACT(kthread_stop(t));
	put_task_struct(t);
	t = kthread_create_on_cpu(full, (void *)9, 3, "cpu/%u");
	SAY("[%s]", t->comm);
	kthread_unpark(t);
	msleep(5);
	FACT(kthread_park(t));
	kthread_unpark(t);
	msleep(5);
	FACT(kthread_stop(t));
	t = kthread_create_on_node(full, NULL, NUMA_NO_NODE, "node");
	kthread_bind(t, 2);
	FACT(set_cpus_allowed_ptr(t, cpumask_of(1)));
	FACT(kthread_func(t) == full);
	wake_up_process(t);
	msleep(5);
	FACT(kthread_stop(t));
	t = kthread_run(ends, NULL, "ends");
	wait_for_completion(&done);
	SAY("%d", !!(current->flags & PF_KTHREAD));
}

static void leave(void)
{
}
