// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A bus of one's own: match, probe, files. */
// exec: 5ms ls /sys/bus/oraclebus
// exec: 6ms ls /sys/bus/oraclebus/devices
// exec: 7ms cat /sys/bus/oraclebus/drivers_autoprobe
// exec: 8ms echo od > /sys/bus/oraclebus/drivers_probe
// for: 12ms
#include "probe.h"
#include <linux/device.h>

static int match(struct device *d, struct device_driver *r)
{
	SAY("match %s %s", dev_name(d), r->name);
	return !strcmp(r->name, "odrv");
}
static int pr(struct device *d)
{
	SAY("bus probe %s", dev_name(d));
	return 0;
}
static void rm(struct device *d)
{
	SAY("bus remove %s", dev_name(d));
}
static struct bus_type bus = {.name = "oraclebus", .match = match, .probe = pr, .remove = rm};
static struct device_driver other = {.name = "oother", .bus = &bus}, drv = {.name = "odrv", .bus = &bus};
static void rel(struct device *d)
{
	SAY("release");
}
static struct device dev = {.init_name = "od", .bus = &bus, .release = rel};
static int nb(struct notifier_block *b, unsigned long a, void *d)
{
	SAY("bus event %lu %s", a, dev_name(d));
	return 0;
}
static struct notifier_block n = {.notifier_call = nb};
static int each(struct device *d, void *x)
{
	SAY("each %s", dev_name(d));
	return 5;
}

static void probe(void)
{
	FACT(bus_register(&bus));
	FACT(bus_register_notifier(&bus, &n));
	FACT(driver_register(&other));
	FACT(device_register(&dev));
	FACT(driver_register(&drv));
	FACT(driver_register(&drv));
	FACT(bus_for_each_dev(&bus, NULL, NULL, each));
	FACT(driver_find("odrv", &bus) == &drv);
	FACT(bus_find_device_by_name(&bus, NULL, "none") == NULL);
	FACT(device_reprobe(&dev));
}

static void leave(void)
{
	driver_unregister(&drv);
	device_unregister(&dev);
	driver_unregister(&other);
	bus_unregister_notifier(&bus, &n);
	bus_unregister(&bus);
}
