// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: , but NOT annotated.
#include "defect.h"

static DECLARE_COMPLETION(done);

static void expired(struct timer_list *t)
{
	complete(&done);
}

static int __init defect_init(void)
{
	struct timer_list timer;

#ifndef CORRECT
	timer_setup(&timer, expired, 0);
#else
	timer_setup_on_stack(&timer, expired, 0);
#endif
	mod_timer(&timer, jiffies + 2); /* here */
	wait_for_completion(&done);
	del_timer_sync(&timer);
	destroy_timer_on_stack(&timer);
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
