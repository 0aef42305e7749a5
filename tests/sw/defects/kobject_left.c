// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module kobject_left unloaded with kernel object left still registered
#include "defect.h"
#include <linux/kobject.h>

static struct kobject *object;

static int __init defect_init(void)
{
	object = kobject_create_and_add("left", kernel_kobj); /* here */
	return object ? 0 : -ENOMEM;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	kobject_put(object);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
