// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: is freed, but is not requested
#include "defect.h"

static int __init defect_init(void)
{
	int ret = gpio_request(BUTTON, "defect");

	if (ret)
		return ret;
	gpio_free(BUTTON);
#ifndef CORRECT
	gpio_free(BUTTON); /* here */
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
