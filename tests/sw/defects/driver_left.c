// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module driver_left unloaded with driver left still registered
#include "defect.h"
#include <linux/platform_device.h>

static int probe(struct platform_device *device)
{
	return 0;
}

static struct platform_driver driver = { .probe = probe, .driver = { .name = "left" } };

static int __init defect_init(void)
{
	return platform_driver_register(&driver); /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	platform_driver_unregister(&driver);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
