// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: scheduling while atomic:
#include "defect.h"

static DEFINE_MUTEX(lock);

static void holder(struct work_struct *w)
{
	mutex_lock(&lock);
	msleep(20);
	mutex_unlock(&lock);
}
static DECLARE_WORK(work, holder);

static void bottom_half(struct tasklet_struct *t)
{
#ifndef CORRECT
	mutex_lock(&lock); /* here */
	mutex_unlock(&lock);
#else
	if (mutex_is_locked(&lock))
		tasklet_schedule(t);
#endif
}
static DECLARE_TASKLET(tasklet, bottom_half);
static int __init defect_init(void)
{
	schedule_work_on(0, &work);
	msleep(1);
	tasklet_schedule(&tasklet);
	return 0;
}
static void __exit defect_exit(void)
{
	tasklet_kill(&tasklet);
	flush_work(&work);
}
module_init(defect_init);
module_exit(defect_exit);
