// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: sleeping function called from invalid context at 
#include "defect.h"

static int __init defect_init(void)
{
#ifndef CORRECT
	rcu_read_lock();
	kfree(kmalloc(100, GFP_KERNEL)); /* here */
	rcu_read_unlock();
#else
	kfree(kmalloc(100, GFP_KERNEL));
	rcu_read_lock();
	rcu_read_unlock();
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
