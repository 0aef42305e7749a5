// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module attribute_left unloaded with /sys/kernel/left still there
#include "defect.h"
#include <linux/kobject.h>
#include <linux/sysfs.h>

static ssize_t left_show(struct kobject *object, struct kobj_attribute *attribute, char *text)
{
	return sysfs_emit(text, "left\n");
}
static struct kobj_attribute left = __ATTR_RO(left);

static int __init defect_init(void)
{
	return sysfs_create_file(kernel_kobj, &left.attr); /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	sysfs_remove_file(kernel_kobj, &left.attr);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
