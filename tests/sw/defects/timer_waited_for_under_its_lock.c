// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: possible circular locking dependency detected
#include "defect.h"

static DEFINE_SPINLOCK(lock);

static void expired(struct timer_list *t)
{
	spin_lock(&lock);
	spin_unlock(&lock);
}
static DEFINE_TIMER(timer, expired);

static int __init defect_init(void)
{
	mod_timer(&timer, jiffies + 1);
	msleep(20);
	return 0;
}

static void __exit defect_exit(void)
{
#ifndef CORRECT
	spin_lock_bh(&lock);
	del_timer_sync(&timer); /* here */
	spin_unlock_bh(&lock);
#else
	del_timer_sync(&timer);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
