// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: assert_init not available (active state 0) object type: timer_list
#include "defect.h"

static struct timer_list timer;
static void __maybe_unused expired(struct timer_list *t) { }

static int __init defect_init(void)
{
#ifndef CORRECT
#else
	timer_setup(&timer, expired, 0);
#endif
	mod_timer(&timer, jiffies + 1); /* here */
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
