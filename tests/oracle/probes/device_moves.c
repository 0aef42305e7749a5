// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A device that gets another name or another parent, or is there twice; what /sys and the calls say. */
// exec: 5ms ls /sys/class/oracle-moves /sys/devices/oracle-a
// exec: 6ms cat /sys/devices/oracle-a/renamed/uevent
// for: 20ms
#include "probe.h"

#include <linux/device.h>

static struct class *class;
static struct device *a, *b, *dev;

static void path(const char *what)
{
	char *text = kobject_get_path(&dev->kobj, GFP_KERNEL);

	SAY("%s: %s %s parent %s", what, text, dev_name(dev), dev->parent ? dev_name(dev->parent) : "none");
	kfree(text);
}

static void probe(void)
{
	struct device *found, *twice;

	a = root_device_register("oracle-a");
	b = root_device_register("oracle-b");
	FACT(PTR_ERR_OR_ZERO(root_device_register("oracle-a")));
	class = class_create(THIS_MODULE, "oracle-moves");
	FACT(PTR_ERR_OR_ZERO(class));
	dev = device_create(class, a, MKDEV(0, 0), NULL, "named%d", 1);
	FACT(PTR_ERR_OR_ZERO(dev));
	path("created");
	twice = device_create(class, b, MKDEV(0, 0), NULL, "named1");
	FACT(PTR_ERR_OR_ZERO(twice));
	FACT(device_rename(dev, "renamed"));
	path("renamed");
	FACT(device_rename(dev, "renamed"));
	twice = device_create(class, b, MKDEV(0, 0), NULL, "second");
	FACT(device_rename(twice, "renamed"));
	path("still");
	FACT(device_move(dev, b, DPM_ORDER_NONE));
	path("moved");
	FACT(device_move(dev, NULL, DPM_ORDER_NONE));
	path("without a parent");
	FACT(device_move(dev, a, DPM_ORDER_DEV_LAST));
	path("back");
	found = class_find_device_by_name(class, "renamed");
	FACT(found == dev);
	put_device(found);
	FACT(class_find_device_by_name(class, "named1") == NULL);
	found = device_find_child_by_name(b, "second");
	FACT(found == twice);
	put_device(found);
	device_unregister(twice);
}

static void leave(void)
{
	device_unregister(dev);
	class_destroy(class);
	root_device_unregister(a);
	root_device_unregister(b);
}
