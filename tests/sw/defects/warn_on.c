// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: told you so
#include "defect.h"

#ifndef CORRECT
static int value = 1;
#else
static int value;
#endif
module_param(value, int, 0444);

static int __init defect_init(void)
{
	WARN(value, "told you so: %d\n", value); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
