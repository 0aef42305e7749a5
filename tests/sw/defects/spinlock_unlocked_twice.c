// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: spinlock already unlocked on CPU#
#include "defect.h"

static DEFINE_SPINLOCK(lock);

static int __init defect_init(void)
{
	lockdep_set_novalidate_class(&lock); /* the validator would speak first */
	spin_lock(&lock);
	spin_unlock(&lock);
#ifndef CORRECT
	preempt_disable();
	spin_unlock(&lock); /* here */
#else
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
