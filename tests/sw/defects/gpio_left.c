// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module gpio_left unloaded with gpio line button still taken
#include "defect.h"

static int __init defect_init(void)
{
	return gpio_request(BUTTON, "button"); /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	gpio_free(BUTTON);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
