// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Both sides take a lock, but not the same one.
// races: handler / tick
#include "planted.h"

static DEFINE_SPINLOCK(input_lock);
static __maybe_unused DEFINE_SPINLOCK(output_lock);
static unsigned long total;
static struct timer_list timer;

static irqreturn_t handler(int irq, void *d)
{
	spin_lock(&input_lock);
	total += 5;
	spin_unlock(&input_lock);
	return IRQ_HANDLED;
}

static void tick(struct timer_list *t)
{
	unsigned long flags;
#ifdef CORRECT
	spinlock_t *lock = &input_lock;
#else
	spinlock_t *lock = &output_lock;
#endif

	spin_lock_irqsave(lock, flags);
	total -= total / 4;
	spin_unlock_irqrestore(lock, flags);
	mod_timer(&timer, jiffies + 1);
}

static int __init planted_init(void)
{
	timer_setup(&timer, tick, 0);
	mod_timer(&timer, jiffies + 1);
	return button_irq(handler, NULL, &total);
}

static void __exit planted_exit(void)
{
	button_free(&total);
	del_timer_sync(&timer);
}
module_init(planted_init);
module_exit(planted_exit);
