// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kthread workers. */
#include "probe.h"

static void fn(struct kthread_work *w)
{
	where("work");
	SAY("%s", current->comm);
}
static struct kthread_work w;
static struct kthread_delayed_work d;

static void probe(void)
{
	struct kthread_worker *k = kthread_create_worker(0, "kw/%d", 1);

	kthread_init_work(&w, fn);
	kthread_init_delayed_work(&d, fn);
	FACT(kthread_queue_work(k, &w));
	FACT(kthread_queue_work(k, &w));
	kthread_flush_work(&w);
	FACT(kthread_cancel_work_sync(&w));
	FACT(kthread_queue_delayed_work(k, &d, HZ));
	FACT(kthread_queue_delayed_work(k, &d, HZ));
	FACT(kthread_mod_delayed_work(k, &d, 1));
	msleep(20);
	FACT(kthread_mod_delayed_work(k, &d, HZ));
	FACT(kthread_cancel_delayed_work_sync(&d));
	FACT(kthread_cancel_delayed_work_sync(&d));
	kthread_flush_worker(k);
	SAY("%s %d", k->task->comm, task_nice(k->task));
	kthread_destroy_worker(k);
	k = kthread_create_worker_on_cpu(2, 0, "kwc/%u", 2);
	SAY("%s cpus %*pbl", k->task->comm, cpumask_pr_args(&k->task->cpus_mask));
	kthread_destroy_worker(k);
}

static void leave(void)
{
}
