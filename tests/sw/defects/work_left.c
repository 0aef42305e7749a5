// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module work_left unloaded with 
#include "defect.h"

static void work(struct work_struct *w) { } /* here */
static DECLARE_DELAYED_WORK(item, work);

static int __init defect_init(void)
{
	schedule_delayed_work(&item, 100 * HZ);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	cancel_delayed_work_sync(&item);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
