// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: init active (active state 0) object type: work_struct hint: work+0x0
#include "defect.h"

static DEFINE_SPINLOCK(lock);
static void work(struct work_struct *w) { }
static DECLARE_WORK(item, work);

static int __init defect_init(void)
{
	spin_lock(&lock);
	schedule_work(&item);
#ifndef CORRECT
	INIT_WORK(&item, work); /* here */
#else
#endif
	spin_unlock(&lock);
	return 0;
}

static void __exit defect_exit(void)
{
	flush_work(&item);
}

module_init(defect_init);
module_exit(defect_exit);
