// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Managed resources: order of release, groups, actions. */
#include "probe.h"
#include <linux/platform_device.h>

static void act(void *x)
{
	SAY("action %ld", (long)x);
}
static int pr(struct platform_device *d)
{
	void *g, *m = devm_kzalloc(&d->dev, 16, GFP_KERNEL);

	FACT(devm_add_action(&d->dev, act, (void *)1));
	g = devres_open_group(&d->dev, NULL, GFP_KERNEL);
	FACT(devm_add_action(&d->dev, act, (void *)2));
	FACT(devm_add_action_or_reset(&d->dev, act, (void *)3));
	devres_close_group(&d->dev, g);
	FACT(devm_add_action(&d->dev, act, (void *)4));
	FACT(devres_release_group(&d->dev, g));
	devm_remove_action(&d->dev, act, (void *)4);
	FACT(devm_add_action(&d->dev, act, (void *)5));
	devm_release_action(&d->dev, act, (void *)5);
	SAY("%s", devm_kasprintf(&d->dev, GFP_KERNEL, "%d-%s", 5, "x"));
	SAY("%s", (char *)devm_kstrdup(&d->dev, "dup", GFP_KERNEL));
	devm_kfree(&d->dev, m);
	FACT(devm_add_action(&d->dev, act, (void *)6));
	platform_set_drvdata(d, d);
	return 0;
}
static int rm(struct platform_device *d)
{
	SAY("remove, drvdata %d", platform_get_drvdata(d) == d);
	return 0;
}
static struct platform_driver drv = {.probe = pr, .remove = rm, .driver = {.name = "oracle-devres"}};
static struct platform_device *p;

static void probe(void)
{
	FACT(platform_driver_register(&drv));
	p = platform_device_register_simple("oracle-devres", -1, NULL, 0);
	platform_driver_unregister(&drv);
	SAY("unregistered, drvdata %d", platform_get_drvdata(p) != NULL);
}

static void leave(void)
{
	platform_device_unregister(p);
}
