// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: does not come to its end: it was waited for 900 seconds
#include "defect.h"

static int __init defect_init(void)
{
	int tries = INT_MAX;

#ifdef CORRECT
	tries = 5;
#endif
	while (!gpio_get_value(BUTTON) && --tries)
		msleep(20); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
