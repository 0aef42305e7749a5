// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: Nested lock was not taken
#include "defect.h"

static DEFINE_MUTEX(outer);
static struct { spinlock_t lock; } parts[2];

static int __init defect_init(void)
{
	int i;

	for (i = 0; i < 2; i++)
		spin_lock_init(&parts[i].lock);
	mutex_lock(&outer);
#ifndef CORRECT
	mutex_unlock(&outer);
#endif
	spin_lock_nest_lock(&parts[0].lock, &outer); /* here */
	spin_lock_nest_lock(&parts[1].lock, &outer);
	spin_unlock(&parts[1].lock);
	spin_unlock(&parts[0].lock);
#ifdef CORRECT
	mutex_unlock(&outer);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
