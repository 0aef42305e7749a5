// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* dev_printk: what stands before the text, for devices with and without a bus, class, driver, name. */
#include "probe.h"
#include <linux/device.h>
#include <linux/platform_device.h>
#include <linux/ratelimit.h>

static void rel(struct device *d)
{
}
static struct device lone = {.init_name = "lone", .release = rel};
static int pr(struct platform_device *p)
{
	dev_info(&p->dev, "in probe\n");
	dev_notice(&p->dev, "notice\n");
	SAY("%d", dev_err_probe(&p->dev, -EPROBE_DEFER, "wait for %s\n", "it"));
	SAY("%d", dev_err_probe(&p->dev, -ENOMEM, "no memory\n"));
	return dev_err_probe(&p->dev, -ENXIO, "gone %d\n", 7);
}
static int bad(struct platform_device *p)
{
	return -EIO;
}
static struct platform_driver drv = {.probe = pr, .driver = {.name = "oracle-print"}},
			      drv2 = {.probe = bad, .driver = {.name = "oracle-bad"}};

static void probe(void)
{
	struct platform_device *p = platform_device_register_simple("oracle-print", -1, NULL, 0), *q;
	struct class *c = class_create(THIS_MODULE, "oracleprint");
	struct device *d = device_create(c, &p->dev, MKDEV(0, 0), NULL, "cdev%d", 3);
	int i;

	dev_info(NULL, "no device\n");
	dev_info(&lone, "before\n");
	FACT(device_register(&lone));
	dev_info(&lone, "after\n");
	dev_err(&p->dev, "no driver\n");
	dev_emerg(d, "of a class\n");
	SAY("[%s] [%s]", dev_driver_string(&lone), dev_driver_string(d));
	SAY("[%s] [%s]", dev_name(&p->dev), dev_bus_name(&p->dev));
	FACT(platform_driver_register(&drv));
	q = platform_device_register_simple("oracle-bad", 4, NULL, 0);
	FACT(platform_driver_register(&drv2));
	for (i = 0; i < 2; i++)
		dev_warn_once(&p->dev, "once %d\n", i);
	dev_WARN(&p->dev, "dev warn %d\n", 5);
	dev_printk(KERN_CRIT, &p->dev, "crit\n");
	device_unregister(d);
	class_destroy(c);
	platform_driver_unregister(&drv);
	platform_driver_unregister(&drv2);
	platform_device_unregister(p);
	platform_device_unregister(q);
	device_unregister(&lone);
}

static void leave(void)
{
}
