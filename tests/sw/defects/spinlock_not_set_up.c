// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: spinlock bad magic on CPU#
#include "defect.h"

struct object {
	spinlock_t lock;
};

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
#ifndef CORRECT
#else
	spin_lock_init(&o->lock);
#endif
	spin_lock(&o->lock); /* here */
	spin_unlock(&o->lock);
	kfree(o);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
