// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
#include "defect.h"

static struct delayed_work item;
static void work(struct work_struct *w) { }

static int __init defect_init(void)
{
#ifndef CORRECT
	INIT_WORK(&item.work, work);
#else
	INIT_DELAYED_WORK(&item, work);
#endif
	schedule_delayed_work(&item, 0); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	flush_work(&item.work);
}

module_init(defect_init);
module_exit(defect_exit);
