// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: INFO: trying to register non-static key.
#include "defect.h"

struct object {
	struct rw_semaphore sem;
};

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
#ifndef CORRECT
	INIT_LIST_HEAD(&o->sem.wait_list);
	raw_spin_lock_init(&o->sem.wait_lock);
#else
	init_rwsem(&o->sem);
#endif
	down_read(&o->sem); /* here */
	up_read(&o->sem);
	kfree(o);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
