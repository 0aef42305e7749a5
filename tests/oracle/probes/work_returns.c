// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What calls for work items return, in each state of an item; and what work_busy() says. */
#include "probe.h"

static void slow(struct work_struct *w);
static void quick(struct work_struct *w);
static struct workqueue_struct *wq;
static DECLARE_WORK(item, slow);
static DECLARE_DELAYED_WORK(later, quick);
static int slows, quicks;

static void slow(struct work_struct *w)
{
	slows++;
	msleep(20);
}

static void quick(struct work_struct *w)
{
	quicks++;
}

static long on_cpu(void *data)
{
	SAY("on cpu %d, %s", raw_smp_processor_id(), (char *)data);
	return -77;
}

static void probe(void)
{
	mdelay(20); /* a worker has had less of the CPU than this task */
	wq = alloc_workqueue("oracle-ret", 0, 1);
	FACT(work_busy(&item));
	FACT(work_pending(&item));
	FACT(cancel_work_sync(&item));
	FACT(cancel_work(&item));
	FACT(flush_work(&item));
	FACT(queue_work(wq, &item));
	msleep(5);
	FACT(work_busy(&item));
	FACT(queue_work(wq, &item));
	FACT(queue_work(wq, &item));
	FACT(work_busy(&item));
	FACT(cancel_work(&item));
	FACT(work_busy(&item));
	FACT(cancel_work(&item));
	FACT(flush_work(&item));
	FACT(slows);
	FACT(queue_work_on(2, wq, &item));
	msleep(5);
	FACT(cancel_work_sync(&item));
	FACT(queue_work(wq, &item));
	msleep(5);
	queue_work(wq, &item);
	FACT(cancel_work_sync(&item));
	FACT(slows);

	FACT(delayed_work_pending(&later));
	FACT(cancel_delayed_work(&later));
	FACT(queue_delayed_work(wq, &later, HZ));
	FACT(delayed_work_pending(&later));
	FACT(work_busy(&later.work));
	FACT(queue_delayed_work(wq, &later, 1));
	FACT(mod_delayed_work(wq, &later, 2 * HZ));
	FACT(timer_pending(&later.timer));
	FACT(cancel_delayed_work(&later));
	FACT(cancel_delayed_work(&later));
	FACT(mod_delayed_work(wq, &later, HZ));
	FACT(flush_delayed_work(&later));
	FACT(quicks);
	FACT(flush_delayed_work(&later));
	FACT(queue_delayed_work(wq, &later, 0));
	msleep(5);
	FACT(quicks);
	FACT(cancel_delayed_work_sync(&later));
	FACT(queue_delayed_work_on(1, wq, &later, HZ));
	FACT(cancel_delayed_work_sync(&later));
	FACT(later.cpu);
	FACT(work_on_cpu(3, on_cpu, "with data"));
	FACT(work_on_cpu_safe(3, on_cpu, "safely"));
	FACT(workqueue_congested(0, wq));
	FACT(current_work() == NULL);
	drain_workqueue(wq);
}

static void leave(void)
{
	destroy_workqueue(wq);
}
