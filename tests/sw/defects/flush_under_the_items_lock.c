// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible circular locking dependency detected
#include "defect.h"

static DEFINE_MUTEX(lock);

static void work(struct work_struct *w)
{
	mutex_lock(&lock);
	mutex_unlock(&lock);
}
static DECLARE_WORK(item, work);

static int __init defect_init(void)
{
	schedule_work(&item);
	msleep(10);
	return 0;
}

static void __exit defect_exit(void)
{
#ifndef CORRECT
	mutex_lock(&lock);
	cancel_work_sync(&item); /* here */
	mutex_unlock(&lock);
#else
	cancel_work_sync(&item);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
