// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: watchdog: BUG: soft lockup - CPU#
#include "defect.h"

static int __init defect_init(void)
{
	preempt_disable();
#ifndef CORRECT
	mdelay(25000); /* here */
	preempt_enable();
#else
	preempt_enable();
	mdelay(25000);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
