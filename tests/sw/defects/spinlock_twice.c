// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: spinlock recursion on CPU#
#include "defect.h"

static DEFINE_SPINLOCK(lock);

static int __init defect_init(void)
{
	lockdep_set_novalidate_class(&lock); /* the validator would speak first */
	spin_lock(&lock);
#ifndef CORRECT
	spin_lock(&lock); /* here */
	spin_unlock(&lock);
#else
#endif
	spin_unlock(&lock);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
