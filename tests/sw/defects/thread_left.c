// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module thread_left unloaded with kernel thread 
#include "defect.h"

static struct task_struct *thread;

static int run(void *data) /* here */
{
	while (!kthread_should_stop())
		msleep(10);
	return 0;
}

static int __init defect_init(void)
{
	thread = kthread_run(run, NULL, "left");
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	kthread_stop(thread);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
