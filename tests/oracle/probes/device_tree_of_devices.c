// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Parents and children, finding, moving, renaming, links in sysfs. */
// exec: 5ms ls /sys/devices/oparent
// exec: 6ms ls /sys/devices/oparent/ochild1
// exec: 8ms cat /sys/devices/oparent/oattrs/two
// for: 12ms
#include "probe.h"
#include <linux/device.h>

static void rel(struct device *d)
{
	SAY("release %s", dev_name(d));
}
static struct device parent = {.init_name = "oparent", .release = rel}, c1 = {.parent = &parent, .release = rel},
		     c2 = {.parent = &parent, .release = rel};
static int each(struct device *d, void *x)
{
	SAY("each %s", dev_name(d));
	return x && !strcmp(dev_name(d), x) ? 7 : 0;
}
static ssize_t show(struct device *d, struct device_attribute *a, char *b)
{
	int n = sysfs_emit(b, "first %s\n", a->attr.name);

	return n + sysfs_emit_at(b, n, "second\n");
}
static struct device_attribute one = __ATTR(one, 0444, show, NULL), two = __ATTR(two, 0444, show, NULL);
static struct attribute *first[] = {&one.attr, NULL}, *second[] = {&one.attr, &two.attr, NULL};
static struct attribute_group g = {.name = "oattrs", .attrs = first};

static void probe(void)
{
	FACT(device_register(&parent));
	dev_set_name(&c1, "ochild%d", 1);
	FACT(device_register(&c1));
	dev_set_name(&c2, "ochild%d", 2);
	FACT(device_register(&c2));
	FACT(device_for_each_child(&parent, "ochild1", each));
	FACT(device_for_each_child(&parent, NULL, each));
	FACT(device_for_each_child_reverse(&parent, NULL, each));
	FACT(device_find_child_by_name(&parent, "ochild2") == &c2);
	put_device(&c2);
	FACT(device_find_any_child(&parent) == &c1);
	put_device(&c1);
	FACT(kref_read(&parent.kobj.kref));
	FACT(sysfs_create_link(&parent.kobj, &c2.kobj, "mylink"));
	FACT(sysfs_create_link(&parent.kobj, &c2.kobj, "mylink"));
	FACT(sysfs_create_group(&parent.kobj, &g));
	FACT(sysfs_create_group(&parent.kobj, &g));
	g.attrs = second;
	FACT(sysfs_update_group(&parent.kobj, &g));
	FACT(device_create_file(&parent, &one));
	FACT(device_create_file(&parent, &one));
	device_remove_file(&parent, &one);
	FACT(device_is_registered(&c2));
	FACT(get_device(NULL) == NULL);
}

static void leave(void)
{
	sysfs_remove_link(&parent.kobj, "mylink");
	sysfs_remove_group(&parent.kobj, &g);
	device_unregister(&c1);
	device_unregister(&c2);
	device_unregister(&parent);
}
