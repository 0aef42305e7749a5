// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Delayed items of a kthread_worker: moved, cancelled, flushed; what each call returns. */
#include "probe.h"

static struct kthread_worker *worker;
static struct kthread_work item, second;
static struct kthread_delayed_work later;
static int runs;

static void run(struct kthread_work *w)
{
	runs++;
	SAY("%s in %s", w == &item ? "item" : w == &second ? "second" : "later", current->comm);
	if (w == &item)
		msleep(10);
}

static void probe(void)
{
	bool queued[3];

	worker = kthread_create_worker(0, "oracle-kw/%d", 7);
	FACT(PTR_ERR_OR_ZERO(worker));
	SAY("%s", worker->task->comm);
	kthread_init_work(&item, run);
	kthread_init_work(&second, run);
	kthread_init_delayed_work(&later, run);
	FACT(kthread_cancel_work_sync(&item));
	kthread_flush_work(&item);
	queued[0] = kthread_queue_work(worker, &item);
	queued[1] = kthread_queue_work(worker, &second);
	queued[2] = kthread_queue_work(worker, &second);
	msleep(4);
	SAY("queued %d %d %d", queued[0], queued[1], queued[2]);
	FACT(kthread_cancel_work_sync(&second));
	kthread_flush_worker(worker);
	FACT(runs);
	FACT(kthread_queue_delayed_work(worker, &later, HZ));
	FACT(kthread_queue_delayed_work(worker, &later, 1));
	FACT(kthread_mod_delayed_work(worker, &later, HZ));
	FACT(timer_pending(&later.timer));
	FACT(kthread_cancel_delayed_work_sync(&later));
	FACT(kthread_cancel_delayed_work_sync(&later));
	FACT(timer_pending(&later.timer));
	FACT(kthread_mod_delayed_work(worker, &later, 1));
	msleep(20);
	FACT(runs);
	FACT(kthread_queue_delayed_work(worker, &later, 0));
	kthread_flush_work(&later.work);
	FACT(runs);
	kthread_queue_work(worker, &item);
	kthread_queue_work(worker, &second);
	kthread_destroy_worker(worker);
	FACT(runs);
	worker = kthread_create_worker_on_cpu(2, 0, "oracle-cpu/%u", 2);
	SAY("%s", worker->task->comm);
	FACT(cpumask_weight(worker->task->cpus_ptr));
	FACT(worker->task->flags & PF_NO_SETAFFINITY ? 1 : 0);
	kthread_destroy_worker(worker);
}

static void leave(void)
{
}
