// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: do not call blocking ops when !TASK_RUNNING; state=1 set at 
#include "defect.h"

static DEFINE_MUTEX(lock);

static int __init defect_init(void)
{
	set_current_state(TASK_INTERRUPTIBLE);
#ifndef CORRECT
#else
	__set_current_state(TASK_RUNNING);
#endif
	mutex_lock(&lock); /* here */
	mutex_unlock(&lock);
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
