// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: inconsistent {IN-SOFTIRQ-W} -> {SOFTIRQ-ON-W} usage.
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
	return 0;
}

static void __exit defect_exit(void)
{
	del_timer_sync(&timer);
#ifndef CORRECT
	spin_lock(&lock); /* here */
	spin_unlock(&lock);
#else
	spin_lock_bh(&lock);
	spin_unlock_bh(&lock);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
