// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module workqueue_left unloaded with workqueue 
#include "defect.h"

static struct workqueue_struct *queue;

static int __init defect_init(void)
{
	queue = alloc_workqueue("left", 0, 0); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	destroy_workqueue(queue);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
