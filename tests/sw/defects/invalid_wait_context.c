// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: [ BUG: Invalid wait context ]
#include "defect.h"

static DEFINE_SPINLOCK(spin);
static DECLARE_RWSEM(settings);
static int setting;

static int __init defect_init(void)
{
	int copy;

#ifndef CORRECT
	spin_lock(&spin);
	down_read(&settings); /* here */
	copy = setting;
	up_read(&settings);
#else
	down_read(&settings);
	spin_lock(&spin);
	copy = setting;
#endif
	spin_unlock(&spin);
#ifdef CORRECT
	up_read(&settings);
#endif
	return copy;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
