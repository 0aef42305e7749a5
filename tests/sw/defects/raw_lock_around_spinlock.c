// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: [ BUG: Invalid wait context ]
// with: --for 100ms --append debug=raw_lock_nesting
#include "defect.h"

static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_SPINLOCK(lock);

static int __init defect_init(void)
{
#ifndef CORRECT
	raw_spin_lock(&raw);
	spin_lock(&lock); /* here */
	spin_unlock(&lock);
	raw_spin_unlock(&raw);
#else
	spin_lock(&lock);
	raw_spin_lock(&raw);
	raw_spin_unlock(&raw);
	spin_unlock(&lock);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
