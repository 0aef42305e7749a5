// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: inconsistent lock state
#include "defect.h"

static DEFINE_SPINLOCK(lock);
static int n;

static void bottom_half(struct tasklet_struct *t)
{
	spin_lock(&lock);
	n++;
	spin_unlock(&lock);
}
static DECLARE_TASKLET(tasklet, bottom_half);

static int __init defect_init(void)
{
	tasklet_schedule(&tasklet);
	while (!READ_ONCE(n))
		usleep_range(50, 60);
	spin_lock_irq(&lock);
	n++;
#ifndef CORRECT
	local_irq_enable(); /* here */
	spin_unlock(&lock);
#else
	spin_unlock_irq(&lock);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
	tasklet_kill(&tasklet);
}

module_init(defect_init);
module_exit(defect_exit);
