// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: free active (active state 0) object type: timer_list hint: expired+0x0
#include "defect.h"

struct object {
	struct timer_list timer;
};

static void expired(struct timer_list *t) { }

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
	timer_setup(&o->timer, expired, 0);
	mod_timer(&o->timer, jiffies + HZ);
#ifndef CORRECT
#else
	del_timer_sync(&o->timer);
#endif
	kfree(o); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
