// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A listed object is freed at once, though readers may still be at it.
// races: handler / kfree
#include "planted.h"

struct entry { struct list_head list; int value; };
static LIST_HEAD(entries);
static __maybe_unused DEFINE_SPINLOCK(lock);
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
	struct entry *e;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(e, &entries, list)
		sum += e->value;
	rcu_read_unlock();
	return sum < 0 ? IRQ_NONE : IRQ_HANDLED;
}

static void exchange(bool add)
{
	struct entry *old, *e = add ? kzalloc(sizeof(*e), GFP_KERNEL) : NULL;

	spin_lock_irq(&lock);
	old = list_first_entry_or_null(&entries, struct entry, list);
	if (old)
		list_del_rcu(&old->list);
	if (e)
		list_add_rcu(&e->list, &entries);
	spin_unlock_irq(&lock);
#ifdef CORRECT
	synchronize_rcu();
#endif
	kfree(old);
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
		exchange(true);
		usleep_range(1000, 1000);
	}
	return 0;
}

static int __init planted_init(void)
{
	exchange(true);
	task = kthread_run(worker_fn, NULL, "planted");
	return button_irq(handler, NULL, &task);
}

static void __exit planted_exit(void)
{
	button_free(&task);
	kthread_stop(task);
	exchange(false);
}
module_init(planted_init);
module_exit(planted_exit);
