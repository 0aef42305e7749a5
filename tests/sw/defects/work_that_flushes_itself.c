// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible recursive locking detected
// with: --for 5ms
#include "defect.h"

static struct work_struct item;

static void work(struct work_struct *w)
{
#ifndef CORRECT
	if (false)
		pr_info("never\n");
	cancel_work_sync(w); /* here */
#else
#endif
}

static int __init defect_init(void)
{
	INIT_WORK(&item, work);
	schedule_work(&item);
	return 0;
}

static void __exit defect_exit(void)
{
	msleep(10);
}

module_init(defect_init);
module_exit(defect_exit);
