// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible recursive locking detected
#include "defect.h"

static struct mutex level[2], unordered[2];

static int __init defect_init(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		mutex_init(&level[i]);
		mutex_init(&unordered[i]);
		lockdep_set_novalidate_class(&unordered[i]);
#ifdef CORRECT
		lockdep_set_subclass(&level[i], i);
#endif
	}
	mutex_lock(&unordered[0]);
	mutex_lock(&unordered[1]);
	mutex_unlock(&unordered[1]);
	mutex_unlock(&unordered[0]);
	mutex_lock(&level[0]);
	mutex_lock(&level[1]); /* here */
	mutex_unlock(&level[1]);
	mutex_unlock(&level[0]);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
