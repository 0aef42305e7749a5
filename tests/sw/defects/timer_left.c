// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module timer_left unloaded with 
#include "defect.h"

static void expired(struct timer_list *t) { } /* here */
static DEFINE_TIMER(timer, expired);

static int __init defect_init(void)
{
	mod_timer(&timer, jiffies + 100 * HZ);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	del_timer_sync(&timer);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
