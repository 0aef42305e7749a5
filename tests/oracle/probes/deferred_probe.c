// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* EPROBE_DEFER: when a device is tried again. */
#include "probe.h"
#include <linux/platform_device.h>

static struct platform_device *a, *b;
static int ready, tries;
static int pa(struct platform_device *d)
{
	SAY("a: try %d ready %d", ++tries, ready);
	return ready ? 0 : dev_err_probe(&d->dev, -EPROBE_DEFER, "waits\n");
}
static int pb(struct platform_device *d)
{
	msleep(20);
	SAY("b");
	ready = 1;
	return 0;
}
static int rm(struct platform_device *d)
{
	SAY("remove %s", d->name);
	return 0;
}
static struct platform_driver da = {.probe = pa, .remove = rm, .driver = {.name = "oracle-a"}};
static struct platform_driver db = {
    .probe = pb, .remove = rm, .driver = {.name = "oracle-b", .probe_type = PROBE_PREFER_ASYNCHRONOUS}};

static void probe(void)
{
	FACT(platform_driver_register(&da));
	a = platform_device_register_simple("oracle-a", -1, NULL, 0);
	FACT(tries);
	b = platform_device_register_simple("oracle-b", -1, NULL, 0);
	FACT(platform_driver_register(&db));
	wait_for_device_probe();
	msleep(50);
	FACT(tries);
	FACT(a->dev.driver == &da.driver);
}

static void leave(void)
{
	platform_device_unregister(a);
	platform_device_unregister(b);
	platform_driver_unregister(&da);
	platform_driver_unregister(&db);
}
