// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Device links, bound devices, driver data, overrides, finding. */
// exec: 5ms ls /sys/devices/platform/oracle-con.0
// exec: 6ms echo other > /sys/devices/platform/oracle-con.0/driver_override
// exec: 7ms cat /sys/devices/platform/oracle-con.0/driver_override
// exec: 8ms cat /sys/devices/platform/oracle-con.0/uevent
// for: 12ms
#include "probe.h"
#include <linux/platform_device.h>

static int pr(struct platform_device *p)
{
	SAY("probe %s", dev_name(&p->dev));
	return 0;
}
static int rm(struct platform_device *p)
{
	SAY("remove %s", dev_name(&p->dev));
	return 0;
}
static struct platform_driver con = {.probe = pr, .remove = rm, .driver = {.name = "oracle-con"}},
			      sup = {.probe = pr, .remove = rm, .driver = {.name = "oracle-sup"}};
static struct platform_device *c, *s;
static int match(struct device *d, const void *x)
{
	return d->id == 0 && strstarts(dev_name(d), x);
}

static void probe(void)
{
	struct device_link *l;
	struct device *f;

	s = platform_device_register_simple("oracle-sup", 0, NULL, 0);
	c = platform_device_register_simple("oracle-con", 0, NULL, 0);
	l = device_link_add(&c->dev, &s->dev, DL_FLAG_AUTOREMOVE_CONSUMER);
	FACT(l != NULL);
	FACT(device_link_add(&s->dev, &c->dev, 0) == NULL);
	FACT(platform_driver_register(&con));
	FACT(c->dev.driver == NULL);
	FACT(platform_driver_register(&sup));
	FACT(c->dev.driver != NULL);
	platform_driver_unregister(&sup);
	FACT(c->dev.driver == NULL);
	f = bus_find_device(&platform_bus_type, NULL, "oracle-con", match);
	FACT(f == &c->dev);
	put_device(f);
	f = bus_find_device_by_name(&platform_bus_type, NULL, "oracle-sup.0");
	FACT(f == &s->dev);
	put_device(f);
	FACT(driver_find("oracle-con", &platform_bus_type) == &con.driver);
	FACT(driver_find("oracle-none", &platform_bus_type) == NULL);
	dev_set_drvdata(&c->dev, &f);
	FACT(platform_get_drvdata(c) == &f);
	device_lock(&c->dev);
	FACT(device_trylock(&c->dev));
	device_unlock(&c->dev);
}

static void leave(void)
{
	platform_driver_unregister(&con);
	platform_device_unregister(c);
	platform_device_unregister(s);
}
