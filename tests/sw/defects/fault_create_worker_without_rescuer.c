// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: blocked for more than 
// with: --for 300s --fault create_worker:times=0
#include "defect.h"
#ifdef CORRECT
#define FLAGS WQ_MEM_RECLAIM
#else
#define FLAGS 0
#endif

static struct workqueue_struct *queue;
static DECLARE_COMPLETION(done);

static void work_fn(struct work_struct *w)
{
	complete(&done);
}
static DECLARE_WORK(work, work_fn);

static int wait_fn(void *data)
{
	wait_for_completion(&done); /* here */
	return 0;
}

static int __init defect_init(void)
{
	queue = alloc_workqueue("defect", FLAGS, 0);
	if (!queue)
		return -ENOMEM;
	queue_work(queue, &work);
	kthread_run(wait_fn, NULL, "waiter");
	return 0;
}

static void __exit defect_exit(void) { destroy_workqueue(queue); }
module_init(defect_init);
module_exit(defect_exit);
