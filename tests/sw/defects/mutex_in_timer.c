// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: sleeping function called from invalid context at 
#include "defect.h"

static DEFINE_MUTEX(lock);

static void expired(struct timer_list *t)
{
#ifndef CORRECT
	mutex_lock(&lock); /* here */
	mutex_unlock(&lock);
#else
	if (mutex_trylock(&lock))
		mutex_unlock(&lock);
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
