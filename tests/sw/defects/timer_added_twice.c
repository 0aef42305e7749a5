// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: CPU: 
#include "defect.h"

static void expired(struct timer_list *t) { }
static DEFINE_TIMER(timer, expired);

static int __init defect_init(void)
{
	timer.expires = jiffies + HZ;
	add_timer(&timer);
#ifndef CORRECT
	add_timer(&timer); /* here */
#else
	mod_timer(&timer, jiffies + 2 * HZ);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
	del_timer_sync(&timer);
}

module_init(defect_init);
module_exit(defect_exit);
