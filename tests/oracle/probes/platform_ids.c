// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Platform devices: names by number, twice the same, overrides, tables of ids, callbacks in their order. */
// exec: 5ms ls /sys/bus/platform/drivers/oracle-pd
// exec: 6ms cat /sys/bus/platform/devices/oracle-one.3/modalias /sys/bus/platform/devices/oracle-one.3/uevent
// exec: 7ms cat /sys/bus/platform/devices/oracle-one.3/driver_override
// exec: 8ms echo oracle-one.3 > /sys/bus/platform/drivers/oracle-pd/unbind
// exec: 9ms echo oracle-one.3 > /sys/bus/platform/drivers/oracle-pd/unbind
// exec: 10ms echo other > /sys/bus/platform/devices/oracle-one.3/driver_override
// exec: 11ms echo oracle-one.3 > /sys/bus/platform/drivers/oracle-pd/bind
// exec: 12ms cat /sys/bus/platform/devices/oracle-one.3/driver_override
// exec: 13ms echo > /sys/bus/platform/devices/oracle-one.3/driver_override
// exec: 14ms echo oracle-one.3 > /sys/bus/platform/drivers/oracle-pd/bind
// exec: 15ms echo oracle-one.3 > /sys/bus/platform/drivers/oracle-pd/bind
// exec: 16ms echo nothing > /sys/bus/platform/drivers/oracle-pd/bind
// for: 30ms
#include "probe.h"

#include <linux/platform_device.h>

static int pd_probe(struct platform_device *p)
{
	const struct platform_device_id *id = platform_get_device_id(p);

	SAY("probe %s id %d data %ld driver %s", dev_name(&p->dev), p->id, id ? (long)id->driver_data : -1,
	    dev_driver_string(&p->dev));
	return p->id == 4 ? -ENXIO : p->id == 5 ? -EINVAL : p->id == 6 ? -ENODEV : 0;
}

static int pd_remove(struct platform_device *p)
{
	SAY("remove %s", dev_name(&p->dev));
	return 0;
}

static void pd_shutdown(struct platform_device *p)
{
	SAY("shutdown %s", dev_name(&p->dev));
}

static const struct platform_device_id ids[] = {{"oracle-one", 1}, {"oracle-two", 2}, {}};
static struct platform_driver driver = {.probe = pd_probe,
					.remove = pd_remove,
					.shutdown = pd_shutdown,
					.id_table = ids,
					.driver = {.name = "oracle-pd"}};
static struct platform_driver twin = {.probe = pd_probe, .driver = {.name = "oracle-pd"}};
static struct platform_driver once = {.driver = {.name = "oracle-none"}};
static struct platform_device *devices[7];

static void made(unsigned int n, const char *name, int id)
{
	devices[n] = platform_device_register_simple(name, id, NULL, 0);
	SAY("%s %d: %d", name, id, PTR_ERR_OR_ZERO(devices[n]));
	if (!IS_ERR(devices[n]))
		SAY("name %s driver %s", dev_name(&devices[n]->dev), dev_driver_string(&devices[n]->dev));
}

static void probe(void)
{
	struct platform_device *auto_one;

	made(0, "oracle-one", 3);
	FACT(platform_driver_register(&driver));
	FACT(platform_driver_register(&twin));
	made(1, "oracle-one", 3);
	made(2, "oracle-two", PLATFORM_DEVID_NONE);
	made(3, "oracle-two", 4);
	made(4, "oracle-two", 5);
	made(5, "oracle-two", 6);
	made(6, "oracle-pd", 7);
	auto_one = platform_device_register_simple("oracle-auto", PLATFORM_DEVID_AUTO, NULL, 0);
	FACT(strstarts(dev_name(&auto_one->dev), "oracle-auto."));
	FACT(strstr(dev_name(&auto_one->dev), ".auto") != NULL);
	platform_device_unregister(auto_one);
	FACT(platform_driver_probe(&once, pd_probe));
	FACT(devices[0]->dev.driver == &driver.driver);
	FACT(platform_get_irq(devices[0], 0));
	FACT(platform_get_irq_optional(devices[0], 1));
	FACT(platform_get_irq_byname(devices[0], "none"));
	FACT(platform_irq_count(devices[0]));
	FACT(platform_get_resource(devices[0], IORESOURCE_MEM, 0) == NULL);
	FACT(device_attach(&devices[0]->dev));
	FACT(device_attach(&devices[6]->dev));
	device_release_driver(&devices[2]->dev);
	FACT(device_attach(&devices[2]->dev));
	FACT(device_reprobe(&devices[2]->dev));
}

static void leave(void)
{
	unsigned int n;

	platform_device_unregister(devices[2]);
	platform_driver_unregister(&driver);
	for (n = 0; n < 7; n++)
		if (n != 2 && !IS_ERR(devices[n]))
			platform_device_unregister(devices[n]);
}
