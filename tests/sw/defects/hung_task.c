// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: blocked for more than 
// with: --for 300s
#include "defect.h"

static DECLARE_COMPLETION(never);
static struct task_struct *thread;

static int run(void *data)
{
#ifndef CORRECT
	wait_for_completion(&never); /* here */
#else
	wait_for_completion_timeout(&never, HZ);
#endif
	return 0;
}

static int __init defect_init(void)
{
	thread = kthread_run(run, NULL, "waiter");
	return 0;
}

static void __exit defect_exit(void)
{
	complete(&never);
	msleep(10);
}

module_init(defect_init);
module_exit(defect_exit);
