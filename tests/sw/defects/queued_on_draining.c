// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
// with: --for 1us
#include "defect.h"

static struct workqueue_struct *queue;
static void work(struct work_struct *w) { msleep(50); }
static DECLARE_WORK(item, work);
static void work2(struct work_struct *w) { }
static DECLARE_WORK(late, work2);

static void expired(struct timer_list *t)
{
	queue_work(queue, &late); /* here */
}
static DEFINE_TIMER(timer, expired);

static int __init defect_init(void)
{
	queue = alloc_workqueue("defect", 0, 0);
	queue_work(queue, &item);
	mod_timer(&timer, jiffies + 2);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	del_timer_sync(&timer);
#endif
	destroy_workqueue(queue);
	del_timer_sync(&timer);
}

module_init(defect_init);
module_exit(defect_exit);
