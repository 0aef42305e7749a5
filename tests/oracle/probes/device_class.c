// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Classes, devices, attributes, uevents. */
// exec: 5ms ls /sys/class/oraclecl
// exec: 6ms cat /sys/class/oraclecl/od0/uevent
// exec: 7ms cat /sys/class/oraclecl/od0/attr
// exec: 8ms echo 5 > /sys/class/oraclecl/od0/attr
// exec: 9ms cat /sys/class/oraclecl/od0/num
// exec: 10ms echo 9z > /sys/class/oraclecl/od0/num
// exec: 11ms echo 9 > /sys/class/oraclecl/od0/num
// exec: 12ms cat /sys/class/oraclecl/od0/flag
// exec: 13ms cat /sys/class/oraclecl/cattr
// for: 16ms
#include "probe.h"
#include <linux/device.h>

static int num = 4;
static bool flag = true;
static ssize_t attr_show(struct device *d, struct device_attribute *a, char *b)
{
	return sysfs_emit(b, "%s %d\n", dev_name(d), *(int *)dev_get_drvdata(d));
}
static ssize_t attr_store(struct device *d, struct device_attribute *a, const char *b, size_t n)
{
	SAY("store %zu", n);
	return -EPERM;
}
static DEVICE_ATTR_RW(attr);
static DEVICE_INT_ATTR(num, 0644, num);
static DEVICE_BOOL_ATTR(flag, 0444, flag);
static struct attribute *attrs_here_attrs[] = {&dev_attr_attr.attr, &dev_attr_num.attr.attr, &dev_attr_flag.attr.attr,
					       NULL};
ATTRIBUTE_GROUPS(attrs_here);
static ssize_t cattr_show(struct class *c, struct class_attribute *a, char *b)
{
	return sysfs_emit(b, "%s\n", c->name);
}
static CLASS_ATTR_RO(cattr);
static int ue(struct device *d, struct kobj_uevent_env *e)
{
	SAY("uevent %s", dev_name(d));
	return add_uevent_var(e, "ORACLE=%d", 3);
}
static struct class *cl;
static struct device *d;

static void probe(void)
{
	cl = class_create(THIS_MODULE, "oraclecl");
	cl->dev_uevent = ue;
	FACT(class_create_file(cl, &class_attr_cattr));
	d = device_create_with_groups(cl, NULL, MKDEV(0, 0), &num, attrs_here_groups, "od%d", 0);
	SAY("%s %d", dev_name(d), dev_get_drvdata(d) == &num);
	SAY("children %d", class_find_device_by_name(cl, "od0") == d);
	put_device(d);
	SAY("set name %d %s", dev_set_name(d, "x%d", 1), dev_name(d));
	dev_set_name(d, "od0");
	FACT(device_create_file(d, &dev_attr_attr) != 0);
	dev_info(d, "info\n");
	dev_err(d, "err %d\n", 5);
	dev_warn_once(d, "once\n");
	dev_dbg(d, "not said\n");
	SAY("%d %d", dev_err_probe(d, -EINVAL, "bad %d\n", 3), dev_err_probe(d, -EPROBE_DEFER, "later\n"));
}

static void leave(void)
{
	device_unregister(d);
	class_remove_file(cl, &class_attr_cattr);
	class_destroy(cl);
}
