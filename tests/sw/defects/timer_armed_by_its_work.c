// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: free active (active state 0) object type: timer_list
#include "defect.h"

static struct thing {
	struct timer_list timer;
	struct work_struct work;
} *d;

static void work_fn(struct work_struct *w)
{
	usleep_range(300, 400);
	mod_timer(&d->timer, jiffies + 1);
}

static void timer_fn(struct timer_list *t)
{
	schedule_work(&d->work);
}
static int __init defect_init(void)
{
	d = kzalloc(sizeof(*d), GFP_KERNEL);
	INIT_WORK(&d->work, work_fn);
	timer_setup(&d->timer, timer_fn, 0);
	return mod_timer(&d->timer, jiffies + 1);
}
static void __exit defect_exit(void)
{
	while (!work_busy(&d->work))
		usleep_range(50, 60);
#ifdef CORRECT
	timer_shutdown_sync(&d->timer);
#else
	del_timer_sync(&d->timer);
#endif
	cancel_work_sync(&d->work);
	kfree(d); /* here */
}
module_init(defect_init);
module_exit(defect_exit);
