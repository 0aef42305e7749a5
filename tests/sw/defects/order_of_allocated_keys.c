// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible circular locking dependency detected
#include "defect.h"

struct object {
	struct mutex lock;
	struct lock_class_key key;
};
static struct object *o[2];

static void both(int first, int second)
{
	mutex_lock(&o[first]->lock);
	mutex_lock(&o[second]->lock); /* here */
	mutex_unlock(&o[second]->lock);
	mutex_unlock(&o[first]->lock);
}

static int __init defect_init(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		o[i] = kzalloc(sizeof(*o[i]), GFP_KERNEL);
		lockdep_register_key(&o[i]->key);
		mutex_init(&o[i]->lock);
		lockdep_set_class(&o[i]->lock, &o[i]->key);
	}
	both(0, 1);
#ifndef CORRECT
	both(1, 0);
#endif
	for (i = 0; i < 2; i++) {
		lockdep_unregister_key(&o[i]->key);
		kfree(o[i]);
	}
	return 0;
}

module_init(defect_init);
