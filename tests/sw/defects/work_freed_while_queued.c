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
#ifdef CORRECT
	preempt_enable();
	flush_work(&o->item);
	preempt_disable();
#endif
	kfree(o); /* here */
	preempt_enable();
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
