// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: DEBUG_LOCKS_WARN_ON(lock->magic != lock)
#include "defect.h"

struct object {
	struct mutex lock;
};

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
#ifndef CORRECT
#else
	mutex_init(&o->lock);
#endif
	mutex_lock(&o->lock); /* here */
	mutex_unlock(&o->lock);
	kfree(o);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
