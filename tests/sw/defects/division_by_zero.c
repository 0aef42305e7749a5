// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: UBSAN: division-overflow in 
#include "defect.h"

#ifdef CORRECT
static int rate = 3;
#else
static int rate;
#endif
module_param(rate, int, 0444);

static noinline int period(int clock)
{
	return clock / rate; /* here */
}

static int __init defect_init(void)
{
	pr_info("%d ms\n", period(5));
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
