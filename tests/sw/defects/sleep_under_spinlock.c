// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: scheduling while atomic: insmod/
#include "defect.h"

static DEFINE_SPINLOCK(lock);

static int __init defect_init(void)
{
	spin_lock(&lock);
#ifndef CORRECT
	msleep(1); /* here */
#else
	udelay(10);
#endif
	spin_unlock(&lock);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
