// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Whether an item that was just queued is still pending when a task that has used the CPU for long flushes it. */
#include "probe.h"

static void run(struct work_struct *w)
{
}

static DECLARE_WORK(item, run);
static DECLARE_DELAYED_WORK(later, run);
static int answers[12];

static void probe(void)
{
	int i;

	mdelay(20); /* the worker has had less of the CPU than this task: it goes first */
	for (i = 0; i < 4; i++) {
		schedule_work_on(raw_smp_processor_id(), &item);
		answers[i] = flush_work(&item);
	}
	for (; i < 8; i++) {
		msleep(20);
		schedule_work(&item);
		answers[i] = flush_work(&item);
	}
	for (; i < 12; i++) {
		schedule_delayed_work(&later, HZ);
		answers[i] = flush_delayed_work(&later);
	}
	for (i = 0; i < 12; i++)
		SAY("%d: %d", i, answers[i]);
}

static void leave(void)
{
}
