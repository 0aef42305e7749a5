// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: held lock freed!
#include "defect.h"

struct object {
	struct mutex lock;
};

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
	mutex_init(&o->lock);
	mutex_lock(&o->lock);
#ifndef CORRECT
#else
	mutex_unlock(&o->lock);
#endif
	kfree(o); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
