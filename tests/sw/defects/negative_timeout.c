// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: schedule_timeout: wrong timeout value 
#include "defect.h"

static int __init defect_init(void)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
#ifndef CORRECT
	schedule_timeout(-1); /* here */
#else
	schedule_timeout(1);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
