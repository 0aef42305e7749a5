// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A list that the handler fills and the thread empties, with no lock between them.
#include "../../sw/defects/defect.h"

struct item {
	struct list_head node;
};
static LIST_HEAD(list);
static struct item items[8];
static atomic_t next;
static int irq;
static DEFINE_SPINLOCK(lock);
#ifdef CORRECT
#define LOCK(flags) spin_lock_irqsave(&lock, flags)
#define UNLOCK(flags) spin_unlock_irqrestore(&lock, flags)
#else
#define LOCK(flags) (flags) = 0
#define UNLOCK(flags) ((void)(flags), (void)&lock)
#endif

static irqreturn_t handler(int n, void *d)
{
	struct item *item = &items[atomic_inc_return(&next) % 8];
	unsigned long flags;

	LOCK(flags);
	if (!item->node.next)
		list_add_tail(&item->node, &list);
	UNLOCK(flags);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int n, void *d)
{
	unsigned long flags;
	int budget = 100;

	LOCK(flags);
	while (budget-- && !list_empty(&list)) {
		struct item *item = list_first_entry(&list, struct item, node);

		list_del(&item->node);
		item->node.next = NULL;
		UNLOCK(flags);
		cpu_relax();
		LOCK(flags);
	}
	UNLOCK(flags);
	return IRQ_HANDLED;
}

static int __init race_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, handler, thread, IRQF_TRIGGER_RISING, "race", &irq);
}

static void __exit race_exit(void)
{
	free_irq(irq, &irq);
}

module_init(race_init);
module_exit(race_exit);
