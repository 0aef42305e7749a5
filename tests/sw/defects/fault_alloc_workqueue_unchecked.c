// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Unable to handle kernel NULL pointer dereference at virtual address 
// with: --fault alloc_workqueue
#include "defect.h"

static struct workqueue_struct *queue;

static void work_fn(struct work_struct *w)
{
}
static DECLARE_WORK(work, work_fn);

static int __init defect_init(void)
{
	queue = alloc_workqueue("defect", 0, 0);
#ifdef CORRECT
	if (!queue)
		return 0;
#endif
	queue_work(queue, &work); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	if (queue)
		destroy_workqueue(queue);
}

module_init(defect_init);
module_exit(defect_exit);
