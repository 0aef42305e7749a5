// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: workqueue leaked lock or atomic: kworker/
#include "defect.h"

static void work(struct work_struct *w) /* here */
{
	local_irq_disable();
#ifdef CORRECT
	local_irq_enable();
#endif
}
static DECLARE_WORK(item, work);

static int __init defect_init(void)
{
	schedule_work(&item);
	return 0;
}

static void __exit defect_exit(void)
{
	flush_work(&item);
}
module_init(defect_init);
module_exit(defect_exit);
