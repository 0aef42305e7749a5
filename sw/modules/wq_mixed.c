// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A mixed load: many short items and some long ones that sleep, on the same queue. How long does an
 * item take from being queued to its end? Where one thread has to take them one after the other, a
 * short item waits for every long one before it, asleep or not.
 *
 *     insmod wq_mixed.ko items=800 period_us=250
 *
 * Items are queued to the CPUs in turn. Short ones compute for 30 us; every eleventh is long and computes
 * for 500 us, sleeps 8 ms, computes for 500 us. The timeline counts the items under way or waiting,
 * a character for each 4 ms (9 stands for 9 or more).
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/workqueue.h>

static int items = 800;
module_param(items, int, 0444);
MODULE_PARM_DESC(items, "how many items are queued");

static int period_us = 250;
module_param(period_us, int, 0444);
MODULE_PARM_DESC(period_us, "time from one item to the next");

#define LONG_EVERY 11 /* so that each CPU gets some */
#define COLUMN_NS (4 * NSEC_PER_MSEC)
#define COLUMNS 96

struct item {
	struct work_struct work;
	bool is_long;
	ktime_t queued, done;
};

static struct workqueue_struct *wq;
static struct item *all;

static void item_fn(struct work_struct *work)
{
	struct item *item = container_of(work, struct item, work);
	ktime_t sleep = ms_to_ktime(8);

	if (item->is_long) {
		udelay(500);
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule_hrtimeout(&sleep, HRTIMER_MODE_REL);
		udelay(500);
	} else {
		udelay(30);
	}
	item->done = ktime_get();
}

static int by_value(const void *a, const void *b)
{
	const s64 x = *(const s64 *)a, y = *(const s64 *)b;

	return x < y ? -1 : x > y;
}

static s64 at(const s64 *sorted, int n, int permille)
{
	return sorted[min(n - 1, n * permille / 1000)] / NSEC_PER_USEC;
}

static int report(const char *what, bool is_long)
{
	s64 *times = kcalloc(items, sizeof(*times), GFP_KERNEL);
	int i, n = 0;

	if (!times)
		return -ENOMEM;
	for (i = 0; i < items; i++)
		if (all[i].is_long == is_long)
			times[n++] = ktime_to_ns(ktime_sub(all[i].done, all[i].queued));
	if (n) {
		sort(times, n, sizeof(*times), by_value, NULL);
		pr_info("wq_mixed: %-6s %5d %9lld %9lld %9lld %9lld %9lld\n", what, n, at(times, n, 0),
			at(times, n, 500), at(times, n, 900), at(times, n, 990), at(times, n, 999));
	}
	kfree(times);
	return 0;
}

static void draw(void)
{
	char line[COLUMNS + 1];
	int i, c, last = 0;

	for (c = 0; c < COLUMNS; c++) {
		ktime_t t = ktime_add_ns(all[0].queued, c * COLUMN_NS);
		int under_way = 0;

		for (i = 0; i < items; i++)
			if (ktime_compare(all[i].queued, t) <= 0 && ktime_compare(all[i].done, t) > 0)
				under_way++;
		line[c] = under_way > 9 ? '9' : under_way ? '0' + under_way : '.';
		if (under_way)
			last = c;
	}
	line[last + 1] = 0;
	pr_info("wq_mixed: under way |%s|\n", line);
}

static int __init wq_mixed_init(void)
{
	int i, cpu = 0, ret;

	all = kcalloc(items, sizeof(*all), GFP_KERNEL);
	if (!all)
		return -ENOMEM;
	wq = alloc_workqueue("mixed", 0, 0);
	if (!wq) {
		kfree(all);
		return -ENOMEM;
	}
	for (i = 0; i < items; i++) {
		all[i].is_long = i % LONG_EVERY == LONG_EVERY - 1;
		INIT_WORK(&all[i].work, item_fn);
		all[i].queued = ktime_get();
		queue_work_on(cpu, wq, &all[i].work);
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
		usleep_range(period_us, period_us);
	}
	flush_workqueue(wq);
	pr_info("wq_mixed: us from queueing to the end:\n");
	pr_info("wq_mixed: %-6s %5s %9s %9s %9s %9s %9s\n", "items", "count", "min", "p50", "p90", "p99", "max");
	ret = report("short", false);
	if (!ret)
		ret = report("long", true);
	draw();
	destroy_workqueue(wq);
	kfree(all);
	return ret;
}

static void __exit wq_mixed_exit(void)
{
}

module_init(wq_mixed_init);
module_exit(wq_mixed_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Short and long work items on one queue: how long each takes");
