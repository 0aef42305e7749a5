// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: free active (active state 0) object type: work_struct hint: work+0x0
#include "defect.h"

struct object {
	struct work_struct item;
};

static void work(struct work_struct *w) { }

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
	INIT_WORK(&o->item, work);
	preempt_disable();
	schedule_work(&o->item);
	preempt_enable_no_resched();
#ifndef CORRECT
#else
	flush_work(&o->item);
#endif
	kfree(o); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
