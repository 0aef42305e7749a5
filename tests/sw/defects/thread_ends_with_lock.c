// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: still has locks held!
#include "defect.h"

static DEFINE_MUTEX(lock);

static int run(void *data)
{
	mutex_lock(&lock);
#ifndef CORRECT
#else
	mutex_unlock(&lock);
#endif
	kthread_complete_and_exit(NULL, 0); /* here */
}

static int __init defect_init(void)
{
	kthread_run(run, NULL, "holder");
	msleep(10);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
