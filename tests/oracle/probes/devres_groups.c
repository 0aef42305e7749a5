// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Groups of managed resources, and what finds, takes and resizes them. */
#include "probe.h"

#include <linux/device.h>
#include <linux/platform_device.h>

static struct platform_device *pdev;

static void release(struct device *dev, void *res)
{
	SAY("release %d", *(int *)res);
}

static void other(struct device *dev, void *res)
{
}

static int match(struct device *dev, void *res, void *data)
{
	return *(int *)res == *(int *)data;
}

static void action(void *data)
{
	SAY("action %s", (char *)data);
}

static int *added(struct device *dev, int number)
{
	int *res = devres_alloc(release, sizeof(int), GFP_KERNEL);

	*res = number;
	devres_add(dev, res);
	return res;
}

static void probe(void)
{
	struct device *dev;
	void *group, *inner;
	char *text;
	int *found, key = 2;

	pdev = platform_device_register_simple("oracle-devres", -1, NULL, 0);
	dev = &pdev->dev;
	added(dev, 1);
	group = devres_open_group(dev, NULL, GFP_KERNEL);
	FACT(group != NULL);
	added(dev, 2);
	inner = devres_open_group(dev, (void *)0x55, GFP_KERNEL);
	FACT(inner == (void *)0x55);
	added(dev, 3);
	devres_close_group(dev, inner);
	added(dev, 4);
	devres_close_group(dev, group);
	added(dev, 5);
	found = devres_find(dev, release, match, &key);
	FACT(found ? *found : -1);
	found = devres_find(dev, release, NULL, NULL);
	FACT(found ? *found : -1);
	FACT(devres_find(dev, other, NULL, NULL) == NULL);
	FACT(devres_release_group(dev, inner));
	FACT(devres_release_group(dev, group));
	FACT(devres_destroy(dev, other, NULL, NULL));
	key = 1;
	FACT(devres_destroy(dev, release, match, &key));
	key = 5;
	FACT(devres_release(dev, release, match, &key));
	FACT(devres_release(dev, release, match, &key));
	added(dev, 6);
	key = 6;
	found = devres_remove(dev, release, match, &key);
	FACT(*found);
	devres_free(found);
	group = devres_open_group(dev, NULL, GFP_KERNEL);
	added(dev, 7);
	devres_remove_group(dev, group);
	FACT(devm_add_action(dev, action, "first"));
	FACT(devm_add_action_or_reset(dev, action, "second"));
	devm_remove_action(dev, action, "first");
	devm_release_action(dev, action, "second");
	text = devm_kasprintf(dev, GFP_KERNEL, "%s-%d", "text", 5);
	SAY("%s", text);
	text = devm_krealloc(dev, text, 100, GFP_KERNEL);
	SAY("%s", text);
	FACT(devm_krealloc(dev, text, 10, GFP_KERNEL) == text);
	devm_kfree(dev, text);
	FACT(devm_kmalloc(dev, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	devm_kfree(dev, NULL);
	text = devm_kstrdup(dev, "dup", GFP_KERNEL);
	SAY("%s", text);
	FACT(devm_kstrdup(dev, NULL, GFP_KERNEL) == NULL);
	SAY("%s", (char *)devm_kmemdup(dev, "mem", 4, GFP_KERNEL));
	FACT(devm_kcalloc(dev, SIZE_MAX / 2, 3, GFP_KERNEL) == NULL);
	FACT(devm_add_action(dev, action, "last"));
}

static void leave(void)
{
	platform_device_unregister(pdev);
	SAY("unregistered");
}
