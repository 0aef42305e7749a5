// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: held lock freed!
#include "defect.h"

static DEFINE_MUTEX(lock);

static int __init defect_init(void)
{
	mutex_lock(&lock);
#ifndef CORRECT
	mutex_init(&lock); /* here */
#else
	mutex_unlock(&lock);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
