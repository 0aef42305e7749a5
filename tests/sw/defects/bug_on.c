// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: kernel BUG at 
#include "defect.h"

#ifndef CORRECT
static int value = 1;
#else
static int value;
#endif
module_param(value, int, 0444);

static int __init defect_init(void)
{
	BUG_ON(value); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
