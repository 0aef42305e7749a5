// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: preempt leak: 
#include "defect.h"

static void expired(struct timer_list *t) /* here */
{
#ifndef CORRECT
	preempt_disable();
#else
#endif
}
static DEFINE_TIMER(timer, expired);

static int __init defect_init(void)
{
	mod_timer(&timer, jiffies + 1);
	return 0;
}

static void __exit defect_exit(void)
{
	del_timer_sync(&timer);
}

module_init(defect_init);
module_exit(defect_exit);
