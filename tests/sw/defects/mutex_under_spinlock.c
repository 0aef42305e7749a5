// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: sleeping function called from invalid context at 
#include "defect.h"

static DEFINE_SPINLOCK(spin);
static DEFINE_MUTEX(mutex);

static int __init defect_init(void)
{
#ifndef CORRECT
	spin_lock(&spin);
	mutex_lock(&mutex); /* here */
#else
	mutex_lock(&mutex);
	spin_lock(&spin);
#endif
#ifndef CORRECT
	mutex_unlock(&mutex);
	spin_unlock(&spin);
#else
	spin_unlock(&spin);
	mutex_unlock(&mutex);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
