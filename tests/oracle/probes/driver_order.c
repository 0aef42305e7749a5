// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* When drivers are probed, in which order, and what files there are. */
// exec: 5ms ls /sys/bus/platform/drivers/oracle-drv
// exec: 6ms ls /sys/devices/platform/oracle-drv.1
// exec: 7ms cat /sys/devices/platform/oracle-drv.1/uevent
// exec: 8ms cat /sys/devices/platform/oracle-drv.1/modalias
// exec: 9ms echo oracle-drv.1 > /sys/bus/platform/drivers/oracle-drv/unbind
// exec: 10ms echo oracle-drv.1 > /sys/bus/platform/drivers/oracle-drv/unbind
// exec: 11ms echo oracle-drv.1 > /sys/bus/platform/drivers/oracle-drv/bind
// exec: 12ms echo oracle-drv.1 > /sys/bus/platform/drivers/oracle-drv/bind
// exec: 13ms echo nothing > /sys/bus/platform/drivers/oracle-drv/bind
// exec: 14ms cat /sys/devices/platform/oracle-drv.1/driver_override
// exec: 15ms cat /sys/devices/platform/oracle-drv.1/waiting_for_supplier
// for: 20ms
#include "probe.h"
#include <linux/platform_device.h>

static struct platform_device *p[3];
static int pr(struct platform_device *d)
{
	SAY("probe %s id %d", dev_name(&d->dev), d->id);
	return d->id == 2 ? -ENODEV : 0;
}
static int rm(struct platform_device *d)
{
	SAY("remove %s", dev_name(&d->dev));
	return 0;
}
static void sd(struct platform_device *d)
{
	SAY("shutdown");
}
static struct platform_driver drv = {.probe = pr, .remove = rm, .shutdown = sd, .driver = {.name = "oracle-drv"}};

static void probe(void)
{
	p[0] = platform_device_register_simple("oracle-drv", 0, NULL, 0);
	p[1] = platform_device_register_simple("oracle-drv", 1, NULL, 0);
	FACT(platform_driver_register(&drv));
	p[2] = platform_device_register_simple("oracle-drv", 2, NULL, 0);
	FACT(PTR_ERR(platform_device_register_simple("oracle-drv", 1, NULL, 0)));
	SAY("driver %s", p[0]->dev.driver ? p[0]->dev.driver->name : "none");
	SAY("driver of 2 %s", p[2]->dev.driver ? "some" : "none");
	FACT(platform_driver_register(&drv));
	FACT(device_is_registered(&p[0]->dev));
	SAY("%s %s", dev_driver_string(&p[0]->dev), dev_bus_name(&p[0]->dev));
	FACT(device_attach(&p[2]->dev));
	device_release_driver(&p[0]->dev);
	FACT(device_attach(&p[0]->dev));
}

static void leave(void)
{
	platform_driver_unregister(&drv);
	platform_device_unregister(p[0]);
	platform_device_unregister(p[1]);
	platform_device_unregister(p[2]);
}
