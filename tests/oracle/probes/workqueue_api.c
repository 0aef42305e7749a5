// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Return values of queueing, cancelling, flushing. */
#include "probe.h"

static int runs;
static void fn(struct work_struct *w)
{
	runs++;
	msleep(5);
}
static DECLARE_WORK(w, fn);
static DECLARE_DELAYED_WORK(d, fn);

static void probe(void)
{
	FACT(schedule_work(&w));
	FACT(schedule_work(&w));
	FACT(flush_work(&w));
	FACT(flush_work(&w));
	FACT(cancel_work_sync(&w));
	FACT(cancel_work(&w));
	FACT(runs);
	FACT(schedule_delayed_work(&d, HZ));
	FACT(schedule_delayed_work(&d, HZ));
	FACT(delayed_work_pending(&d));
	FACT(mod_delayed_work(system_wq, &d, 2 * HZ));
	FACT(cancel_delayed_work(&d));
	FACT(cancel_delayed_work(&d));
	FACT(mod_delayed_work(system_wq, &d, 1));
	msleep(30);
	FACT(runs);
	FACT(flush_delayed_work(&d));
	FACT(schedule_delayed_work(&d, 0));
	FACT(delayed_work_pending(&d));
	FACT(cancel_delayed_work_sync(&d));
	FACT(queue_work_on(3, system_highpri_wq, &w));
	FACT(work_busy(&w));
	FACT(flush_work(&w));
	FACT(work_busy(&w));
	FACT(WQ_MAX_ACTIVE);
	FACT(WQ_DFL_ACTIVE);
	FACT(WQ_MAX_UNBOUND_PER_CPU);
	FACT(WQ_UNBOUND);
	FACT(WQ_HIGHPRI);
	FACT(WQ_SYSFS);
	FACT(workqueue_congested(0, system_wq));
}

static void leave(void)
{
}
