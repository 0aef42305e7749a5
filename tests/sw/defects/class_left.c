// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module class_left unloaded with class left still registered
#include "defect.h"
#include <linux/device.h>

static struct class *made;

static int __init defect_init(void)
{
	made = class_create(THIS_MODULE, "left"); /* here */
	return PTR_ERR_OR_ZERO(made);
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	class_destroy(made);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
