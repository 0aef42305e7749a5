// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: init active (active state 0) object type: timer_list hint: expired+0x0
#include "defect.h"

static void expired(struct timer_list *t) { }
static DEFINE_TIMER(timer, expired);

static int __init defect_init(void)
{
	mod_timer(&timer, jiffies + HZ);
#ifndef CORRECT
#else
	del_timer_sync(&timer);
#endif
	timer_setup(&timer, expired, 0); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	del_timer_sync(&timer);
}

module_init(defect_init);
module_exit(defect_exit);
