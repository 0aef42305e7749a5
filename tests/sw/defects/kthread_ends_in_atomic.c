// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: kernel thread thread
#include "defect.h"

static struct task_struct *task;
static DECLARE_COMPLETION(ends);

static int thread(void *data) /* here */
{
	preempt_disable();
#ifdef CORRECT
	preempt_enable();
#endif
	complete(&ends);
	return 0;
}

static int __init defect_init(void)
{
	task = kthread_run(thread, NULL, "defect");
	wait_for_completion(&ends);
	return PTR_ERR_OR_ZERO(task);
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
