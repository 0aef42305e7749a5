// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: sysfs: cannot create duplicate filename
#include "defect.h"
#include <linux/kobject.h>

static ssize_t defect_show(struct kobject *k, struct kobj_attribute *a, char *page)
{
	return sysfs_emit(page, "1\n");
}
static struct kobj_attribute attribute = __ATTR_RO(defect);

static int __init defect_init(void)
{
	int ret = sysfs_create_file(kernel_kobj, &attribute.attr);

#ifndef CORRECT
	if (!sysfs_create_file(kernel_kobj, &attribute.attr)) /* here */
		ret = -EEXIST;
#endif
	return ret;
}

static void __exit defect_exit(void)
{
	sysfs_remove_file(kernel_kobj, &attribute.attr);
}
module_init(defect_init);
module_exit(defect_exit);
