// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: returned with preemption imbalance 
#include "defect.h"

static int __init defect_init(void) /* here */
{
#ifndef CORRECT
	preempt_disable();
#else
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
