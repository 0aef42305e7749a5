// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module device_left unloaded with device left still registered
#include "defect.h"
#include <linux/platform_device.h>

static struct platform_device *device;

static int __init defect_init(void)
{
	device = platform_device_register_simple("left", -1, NULL, 0); /* here */
	return PTR_ERR_OR_ZERO(device);
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	platform_device_unregister(device);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
