// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: NMI watchdog: Watchdog detected hard LOCKUP on cpu 
#include "defect.h"

static int ready; /* nothing ever sets it */

static int __init defect_init(void)
{
	unsigned long flags;
	int tries = 0;

	local_irq_save(flags);
	while (!READ_ONCE(ready)) {
#ifdef CORRECT
		if (++tries == 100)
			break;
#endif
		udelay(100); /* here */
	}
	local_irq_restore(flags);
	return tries ? 0 : -ETIMEDOUT;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
