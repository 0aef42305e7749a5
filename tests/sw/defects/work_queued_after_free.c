// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: activate not available (active state 0) object type: work_struct
#include "defect.h"

static struct work_struct *work;

static void run(struct work_struct *w)
{
}

static int __init defect_init(void)
{
	work = kzalloc(sizeof(*work), GFP_KERNEL);
	if (!work)
		return -ENOMEM;
	INIT_WORK(work, run);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	schedule_work(work);
	cancel_work_sync(work);
	kfree(work);
#else
	kfree(work);
	schedule_work(work); /* here */
#endif
}

module_init(defect_init);
module_exit(defect_exit);
