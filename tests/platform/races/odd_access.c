// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A lock protects a list at all places but one.
// races: handler / worker_fn
#include "planted.h"

struct item { struct list_head list; };
static LIST_HEAD(items);
static __maybe_unused DEFINE_SPINLOCK(lock);
static struct item pool[64];
static int next;
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
	spin_lock(&lock);
	if (next < ARRAY_SIZE(pool))
		list_add_tail(&pool[next++].list, &items);
	spin_unlock(&lock);
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
		struct item *first;

		spin_lock_irq(&lock);
		first = list_first_entry_or_null(&items, struct item, list);
#ifdef CORRECT
		if (first)
			list_del(&first->list);
		spin_unlock_irq(&lock);
#else
		spin_unlock_irq(&lock);
		if (first)
			list_del(&first->list);
#endif
		usleep_range(300, 300);
	}
	return 0;
}

static int __init planted_init(void)
{
	task = kthread_run(worker_fn, NULL, "planted");
	return button_irq(handler, NULL, &task);
}

static void __exit planted_exit(void)
{
	button_free(&task);
	kthread_stop(task);
}
module_init(planted_init);
module_exit(planted_exit);
