// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: is used, but was freed
#include "defect.h"

static int __init defect_init(void)
{
	int ret = gpio_request(BUTTON, "defect");

	if (ret)
		return ret;
	gpio_direction_input(BUTTON);
#ifndef CORRECT
	gpio_free(BUTTON);
	ret = gpio_get_value(BUTTON); /* here */
#else
	ret = gpio_get_value(BUTTON);
	gpio_free(BUTTON);
#endif
	return ret < 0 ? ret : 0;
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
