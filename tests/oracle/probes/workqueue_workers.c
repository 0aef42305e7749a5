// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Who runs items: names, nice, flags, CPUs of kworkers. */
#include "probe.h"

static void fn(struct work_struct *w)
{
	char name[16];
	int i;

	strscpy(name, current->comm, sizeof(name));
	for (i = 0; name[i]; i++)
		if (name[i] >= '0' && name[i] <= '9')
			name[i] = '#';
	SAY("%s nice %d policy %u flags %#x cpus %*pbl", name, task_nice(current), current->policy,
	    current->flags & (PF_WQ_WORKER | PF_KTHREAD | PF_NOFREEZE | PF_NO_SETAFFINITY | PF_MEMALLOC),
	    cpumask_pr_args(&current->cpus_mask));
	where("item");
	FACT(current_work() == w);
}

static void one(const char *name, unsigned int flags, int max)
{
	struct workqueue_struct *wq = alloc_workqueue("%s", flags, max, name);
	struct work_struct w;

	INIT_WORK_ONSTACK(&w, fn);
	SAY("--- %s", name);
	queue_work_on(1, wq, &w);
	flush_work(&w);
	destroy_work_on_stack(&w);
	destroy_workqueue(wq);
}

static void probe(void)
{
	one("plain", 0, 0);
	one("high", WQ_HIGHPRI, 0);
	one("cpu", WQ_CPU_INTENSIVE, 0);
	one("unbound", WQ_UNBOUND, 0);
	one("unboundhigh", WQ_UNBOUND | WQ_HIGHPRI, 0);
	one("reclaim", WQ_MEM_RECLAIM, 0);
	one("freezable", WQ_FREEZABLE, 0);
	one("power", WQ_POWER_EFFICIENT, 0);
	one("ordered", WQ_UNBOUND | __WQ_ORDERED, 1);
}

static void leave(void)
{
}
