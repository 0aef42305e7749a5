// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible circular locking dependency detected
#include "defect.h"

static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);

static int __init defect_init(void)
{
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
#ifndef CORRECT
	mutex_lock(&a);
	might_lock(&b); /* here */
	mutex_unlock(&a);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
