// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible recursive locking detected
#include "defect.h"

static DEFINE_RWLOCK(lock);

static int __init defect_init(void)
{
	read_lock(&lock);
#ifndef CORRECT
	read_lock(&lock); /* here */
	read_unlock(&lock);
#else
#endif
	read_unlock(&lock);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
