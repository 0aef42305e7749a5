// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What a bus tells those who listen, in which order, when a device comes, is bound, and goes. */
#include "probe.h"

#include <linux/device.h>
#include <linux/platform_device.h>

static int told(struct notifier_block *nb, unsigned long event, void *data)
{
	struct device *dev = data;

	if (strstarts(dev_name(dev), "oracle-bn"))
		SAY("event %#lx of %s: driver %s, bound %d", event, dev_name(dev), dev->driver ? dev->driver->name : "none",
		    dev->driver != NULL);
	return NOTIFY_OK;
}

static struct notifier_block listener = {.notifier_call = told};

static int bn_probe(struct platform_device *p)
{
	SAY("probe %s", dev_name(&p->dev));
	return p->id == 2 ? -EIO : 0;
}

static int bn_remove(struct platform_device *p)
{
	SAY("remove %s", dev_name(&p->dev));
	return 0;
}

static struct platform_driver driver = {.probe = bn_probe, .remove = bn_remove, .driver = {.name = "oracle-bn"}};

static void probe(void)
{
	struct platform_device *one, *two;

	FACT(bus_register_notifier(&platform_bus_type, &listener));
	one = platform_device_register_simple("oracle-bn", 1, NULL, 0);
	FACT(platform_driver_register(&driver));
	two = platform_device_register_simple("oracle-bn", 2, NULL, 0);
	platform_device_unregister(two);
	device_release_driver(&one->dev);
	FACT(device_attach(&one->dev));
	platform_driver_unregister(&driver);
	platform_device_unregister(one);
	FACT(bus_unregister_notifier(&platform_bus_type, &listener));
	FACT(bus_unregister_notifier(&platform_bus_type, &listener));
}

static void leave(void)
{
}
