// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Urgent items on a CPU that is busy with others: how long until one starts, when it is queued beside
 * them, and when it has a queue with WQ_HIGHPRI, whose workers have nice -20 and a pool of their own.
 *
 *     insmod wq_highpri.ko items=100
 *
 * The others compute for 2 ms each, one after the other without a pause. In the timeline of the first
 * 60 ms, ! is an urgent item that waits, * one that has started, - the CPU at work on the others.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/workqueue.h>

static int items = 100;
module_param(items, int, 0444);
MODULE_PARM_DESC(items, "how many urgent items");

#define CPU 1
#define BUSY 3 /* items that keep the CPU busy */
#define COLUMN_US 500
#define COLUMNS 120

struct urgent {
	struct work_struct work;
	ktime_t queued, started;
};

static struct workqueue_struct *busy_wq;
static struct work_struct busy[BUSY];
static struct urgent *all;
static bool stop;

static void busy_fn(struct work_struct *work)
{
	mdelay(2);
	if (!READ_ONCE(stop))
		queue_work_on(CPU, busy_wq, work);
}

static void urgent_fn(struct work_struct *work)
{
	container_of(work, struct urgent, work)->started = ktime_get();
	udelay(20);
}

static int by_value(const void *a, const void *b)
{
	const s64 x = *(const s64 *)a, y = *(const s64 *)b;

	return x < y ? -1 : x > y;
}

static void draw(void)
{
	char line[COLUMNS + 1];
	int i, c;

	for (c = 0; c < COLUMNS; c++) {
		s64 begin = ktime_to_us(all[0].queued) + (s64)c * COLUMN_US, end = begin + COLUMN_US;

		line[c] = '-';
		for (i = 0; i < items; i++) {
			s64 queued = ktime_to_us(all[i].queued), started = ktime_to_us(all[i].started);

			if (started >= begin && started < end)
				line[c] = '*';
			else if (queued < end && started >= end && line[c] == '-')
				line[c] = '!';
		}
	}
	line[COLUMNS] = 0;
	pr_info("wq_highpri:     |%s|\n", line);
}

static int measure(const char *what, struct workqueue_struct *wq)
{
	s64 *waits = kcalloc(items, sizeof(*waits), GFP_KERNEL);
	int i;

	if (!waits)
		return -ENOMEM;
	WRITE_ONCE(stop, false);
	for (i = 0; i < BUSY; i++)
		queue_work_on(CPU, busy_wq, &busy[i]);
	for (i = 0; i < items; i++) {
		usleep_range(5300, 5300);
		INIT_WORK(&all[i].work, urgent_fn);
		all[i].queued = ktime_get();
		queue_work_on(CPU, wq, &all[i].work);
	}
	for (i = 0; i < items; i++)
		flush_work(&all[i].work);
	WRITE_ONCE(stop, true);
	flush_workqueue(busy_wq);
	for (i = 0; i < items; i++)
		waits[i] = ktime_to_ns(ktime_sub(all[i].started, all[i].queued)) / 100;
	sort(waits, items, sizeof(*waits), by_value, NULL);
	pr_info("wq_highpri: %-10s %7lld.%lld %7lld.%lld %7lld.%lld\n", what, waits[items / 2] / 10,
		waits[items / 2] % 10, waits[items * 99 / 100] / 10, waits[items * 99 / 100] % 10,
		waits[items - 1] / 10, waits[items - 1] % 10);
	draw();
	kfree(waits);
	return 0;
}

static int __init wq_highpri_init(void)
{
	struct workqueue_struct *high;
	int i, ret = -ENOMEM;

	all = kcalloc(items, sizeof(*all), GFP_KERNEL);
	busy_wq = alloc_workqueue("busy", 0, 0);
	high = alloc_workqueue("urgent", WQ_HIGHPRI, 0);
	if (all && busy_wq && high) {
		for (i = 0; i < BUSY; i++)
			INIT_WORK(&busy[i], busy_fn);
		pr_info("wq_highpri: us from queueing to the start of an urgent item:\n");
		pr_info("wq_highpri: %-10s %9s %9s %9s\n", "queued", "p50", "p99", "max");
		ret = measure("beside", busy_wq);
		if (!ret)
			ret = measure("highpri", high);
	}
	if (high)
		destroy_workqueue(high);
	if (busy_wq)
		destroy_workqueue(busy_wq);
	kfree(all);
	return ret;
}

static void __exit wq_highpri_exit(void)
{
}

module_init(wq_highpri_init);
module_exit(wq_highpri_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Urgent work items on a busy CPU, with and without WQ_HIGHPRI");
