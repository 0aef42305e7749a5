// SPDX-License-Identifier: Apache-2.0
// Attribute groups and binary files of devices, and ioremap with Linux's other memory types (Linux:
// drivers/base/core.c, lib/devres.c). All device memory is of one type here.
#include <linux/device.h>
#include <linux/export.h>
#include <linux/sysfs.h>

int device_create_bin_file(struct device *dev, const struct bin_attribute *attr) {
    return dev ? sysfs_create_bin_file(&dev->kobj, attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(device_create_bin_file);

void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr) {
    if (dev)
        sysfs_remove_bin_file(&dev->kobj, attr);
}
EXPORT_SYMBOL_GPL(device_remove_bin_file);

int device_add_group(struct device *dev, const struct attribute_group *grp) {
    const attribute_group *groups[] = {grp, nullptr};
    return device_add_groups(dev, groups);
}
EXPORT_SYMBOL_GPL(device_add_group);

void device_remove_group(struct device *dev, const struct attribute_group *grp) {
    const attribute_group *groups[] = {grp, nullptr};
    device_remove_groups(dev, groups);
}
EXPORT_SYMBOL_GPL(device_remove_group);

void __iomem *devm_ioremap_resource_wc(struct device *dev, const struct resource *res) {
    return devm_ioremap_resource(dev, res);
}
EXPORT_SYMBOL(devm_ioremap_resource_wc);

void __iomem *devm_ioremap_wc(struct device *dev, resource_size_t offset, resource_size_t size) {
    return devm_ioremap(dev, offset, size);
}
EXPORT_SYMBOL(devm_ioremap_wc);
