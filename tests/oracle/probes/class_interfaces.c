// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Interfaces of a class: who is told of which devices, and when. */
#include "probe.h"

#include <linux/device.h>

static struct class *class;

static int added(struct device *dev, struct class_interface *intf)
{
	SAY("added %s", dev_name(dev));
	return 0;
}

static void removed(struct device *dev, struct class_interface *intf)
{
	SAY("removed %s", dev_name(dev));
}

static struct class_interface interface = {.add_dev = added, .remove_dev = removed};

static int each(struct device *dev, void *data)
{
	SAY("each %s", dev_name(dev));
	return strcmp(dev_name(dev), (char *)data) ? 0 : 77;
}

static int is_named(struct device *dev, const void *name)
{
	return !strcmp(dev_name(dev), name);
}

static void probe(void)
{
	struct device *a, *b, *found;

	class = class_create(THIS_MODULE, "oracle-ci");
	FACT(PTR_ERR_OR_ZERO(class_create(THIS_MODULE, "oracle-ci")));
	a = device_create(class, NULL, MKDEV(0, 0), NULL, "a");
	interface.class = class;
	FACT(class_interface_register(&interface));
	b = device_create(class, a, MKDEV(0, 0), (void *)5, "b");
	FACT((long)dev_get_drvdata(b));
	FACT(class_for_each_device(class, NULL, "none", each));
	FACT(class_for_each_device(class, NULL, "a", each));
	FACT(class_for_each_device(class, a, "b", each));
	found = class_find_device(class, NULL, "b", is_named);
	FACT(found == b);
	put_device(found);
	FACT(class_find_device(class, b, "a", is_named) == NULL);
	device_unregister(b);
	b = device_create(class, NULL, MKDEV(0, 0), NULL, "a");
	FACT(PTR_ERR_OR_ZERO(b));
	class_interface_unregister(&interface);
	device_unregister(a);
}

static void leave(void)
{
	class_destroy(class);
}
