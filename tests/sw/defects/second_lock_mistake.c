// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible circular locking dependency detected
#include "defect.h"

static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);
static DEFINE_MUTEX(twice);

static int __init defect_init(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
#ifndef CORRECT
	mutex_unlock(&twice); /* one report does not hide the next */
	mutex_lock(&b);
	mutex_lock(&a); /* here */
	mutex_unlock(&a);
	mutex_unlock(&b);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
