// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: is queued on a workqueue that is destroyed
#include "defect.h"

static void function(struct work_struct *w)
{
}
static DECLARE_WORK(work, function);

static int __init defect_init(void)
{
	struct workqueue_struct *queue = alloc_workqueue("short-lived", 0, 0);

	if (!queue)
		return -ENOMEM;
#ifdef CORRECT
	queue_work(queue, &work);
#endif
	destroy_workqueue(queue);
#ifndef CORRECT
	queue_work(queue, &work); /* here */
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
