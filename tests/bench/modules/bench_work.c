// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/bench: rounds of queueing an item and waiting until it has run, over many queues in turn. */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static int rounds = 1000;
module_param(rounds, int, 0444);
static int queues = 1;
module_param(queues, int, 0444);

static struct completion ran;
static unsigned long count;

static void bench_fn(struct work_struct *work)
{
	count++;
	complete(&ran);
}

static int __init bench_init(void)
{
	struct workqueue_struct **wqs = kcalloc(queues, sizeof(*wqs), GFP_KERNEL);
	struct work_struct *works = kcalloc(queues, sizeof(*works), GFP_KERNEL);
	int i;

	if (!wqs || !works)
		return -ENOMEM;
	init_completion(&ran);
	for (i = 0; i < queues; i++) {
		INIT_WORK(&works[i], bench_fn);
		wqs[i] = alloc_workqueue("bench%d", 0, 0, i);
		if (!wqs[i])
			return -ENOMEM;
	}
	for (i = 0; i < rounds; i++) {
		queue_work(wqs[i % queues], &works[i % queues]);
		wait_for_completion(&ran);
	}
	for (i = 0; i < queues; i++)
		destroy_workqueue(wqs[i]);
	kfree(works);
	kfree(wqs);
	return 0;
}

static void __exit bench_exit(void)
{
	pr_info("bench_work: %lu\n", count);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
