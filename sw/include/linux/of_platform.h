/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_OF_PLATFORM_H
#define _LINUX_OF_PLATFORM_H

#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>

__BEGIN_DECLS

/* Platform devices for the children of `root` (NULL: the tree's root) that have a compatible, and for what is below buses. */
int of_platform_populate(struct device_node *root, const struct of_device_id *matches, const void *lookup,
			 struct device *parent);
int of_platform_default_populate(struct device_node *root, const void *lookup, struct device *parent);
void of_platform_depopulate(struct device *parent);
int devm_of_platform_populate(struct device *dev);
struct platform_device *of_platform_device_create(struct device_node *np, const char *bus_id, struct device *parent);
struct platform_device *of_find_device_by_node(struct device_node *np);

extern const struct of_device_id of_default_bus_match_table[];

__END_DECLS

#endif
