// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A tasklet and a timer change the same statistics.
// races: bottom / tick
#include "planted.h"

static __maybe_unused DEFINE_SPINLOCK(lock);
static struct { int level, most; } fill;
static struct timer_list timer;

static void change(int by)
{
#ifdef CORRECT
	spin_lock(&lock);
#endif
	fill.level += by;
	if (fill.level > fill.most)
		fill.most = fill.level;
#ifdef CORRECT
	spin_unlock(&lock);
#endif
}

static void bottom(struct tasklet_struct *t)
{
	change(3);
}
static DECLARE_TASKLET(tasklet, bottom);

static void tick(struct timer_list *t)
{
	change(-1);
	mod_timer(&timer, jiffies + 1);
}

static irqreturn_t handler(int irq, void *d)
{
	tasklet_schedule(&tasklet);
	return IRQ_HANDLED;
}

static int __init planted_init(void)
{
	timer_setup(&timer, tick, 0);
	mod_timer(&timer, jiffies + 1);
	return button_irq(handler, NULL, &fill);
}

static void __exit planted_exit(void)
{
	button_free(&fill);
	tasklet_kill(&tasklet);
	del_timer_sync(&timer);
}
module_init(planted_init);
module_exit(planted_exit);
