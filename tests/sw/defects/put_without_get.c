// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module_put() of put_without_get without try_module_get()
#include "defect.h"

static void unbalanced(struct work_struct *w)
{
#ifdef CORRECT
	__module_get(THIS_MODULE);
#endif
	module_put(THIS_MODULE); /* here */
}
static DECLARE_DELAYED_WORK(work, unbalanced);

static int __init defect_init(void)
{
	schedule_delayed_work(&work, 2);
	return 0;
}

static void __exit defect_exit(void)
{
	cancel_delayed_work_sync(&work);
}
module_init(defect_init);
module_exit(defect_exit);
