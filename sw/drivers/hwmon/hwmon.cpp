// SPDX-License-Identifier: Apache-2.0
// /sys/class/hwmon/hwmonN: the driver's attributes and its name (Linux: drivers/hwmon/hwmon.c).
#include <linux/hwmon.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

struct hwmon_device {
    const char *name;
    unsigned number;
    struct device dev;
};

DEFINE_IDA(hwmon_ida);
class_ *hwmon_class;

hwmon_device *hwmon_of(device *dev) {
    return container_of(dev, hwmon_device, dev);
}

ssize_t name_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", hwmon_of(dev)->name);
}
DEVICE_ATTR_RO(name);
attribute *hwmon_attributes[] = {&dev_attr_name.attr, nullptr};

umode_t is_visible(kobject *kobj, attribute *attr, int) {
    return hwmon_of(kobj_to_dev(kobj))->name ? attr->mode : 0;
}
const attribute_group hwmon_group = {.is_visible = is_visible, .attrs = hwmon_attributes};
const attribute_group *hwmon_groups[] = {&hwmon_group, nullptr};

void release(device *dev) {
    hwmon_device *hwmon = hwmon_of(dev);
    ida_free(&hwmon_ida, hwmon->number);
    kfree_const(hwmon->name);
    kfree(hwmon);
}

device *register_device(device *parent, const char *name, void *drvdata, const attribute_group **groups) {
    auto *hwmon = static_cast<hwmon_device *>(kzalloc(sizeof(hwmon_device), GFP_KERNEL));
    const int id = hwmon ? ida_alloc(&hwmon_ida, GFP_KERNEL) : -ENOMEM;

    if (id < 0) {
        kfree(hwmon);
        return static_cast<device *>(ERR_PTR(id));
    }
    hwmon->number = static_cast<unsigned>(id);
    hwmon->name = name ? kstrdup_const(name, GFP_KERNEL) : nullptr;
    device_initialize(&hwmon->dev);
    hwmon->dev.class_ = hwmon_class;
    hwmon->dev.parent = parent;
    hwmon->dev.of_node = parent ? parent->of_node : nullptr;
    hwmon->dev.groups = groups;
    hwmon->dev.release = release;
    dev_set_drvdata(&hwmon->dev, drvdata);
    int error = name && !hwmon->name ? -ENOMEM : dev_set_name(&hwmon->dev, "hwmon%d", id);
    if (!error)
        error = device_add(&hwmon->dev);
    if (error) {
        put_device(&hwmon->dev);
        return static_cast<device *>(ERR_PTR(error));
    }
    return &hwmon->dev;
}

void unregister_resource(device *, void *res) {
    hwmon_device_unregister(*static_cast<device **>(res));
}

int same_device(device *, void *res, void *data) {
    return *static_cast<device **>(res) == data;
}

char *sanitize(char *name) {
    for (char *p = name; p && *p; p++)
        if (hwmon_is_bad_char(*p))
            *p = '_';
    return name ? name : static_cast<char *>(ERR_PTR(-ENOMEM));
}

int __init hwmon_init(void) {
    hwmon_class = class_create(nullptr, "hwmon");
    if (IS_ERR(hwmon_class))
        return static_cast<int>(PTR_ERR(hwmon_class));
    hwmon_class->dev_groups = hwmon_groups;
    return 0;
}
subsys_initcall(hwmon_init);

} // namespace

struct device *hwmon_device_register_with_groups(struct device *dev, const char *name, void *drvdata,
                                                 const struct attribute_group **groups) {
    if (!name)
        return static_cast<device *>(ERR_PTR(-EINVAL));
    if (!*name || strpbrk(name, "-* \t\n"))
        dev_warn(dev, "hwmon: '%s' is not a valid name attribute, please fix\n", name);
    return register_device(dev, name, drvdata, groups);
}
EXPORT_SYMBOL_GPL(hwmon_device_register_with_groups);

struct device *hwmon_device_register(struct device *dev) {
    dev_warn(dev, "hwmon_device_register() is deprecated. Please convert the driver to use "
                  "hwmon_device_register_with_info().\n");
    return register_device(dev, nullptr, nullptr, nullptr);
}
EXPORT_SYMBOL_GPL(hwmon_device_register);

void hwmon_device_unregister(struct device *dev) {
    device_unregister(dev);
}
EXPORT_SYMBOL_GPL(hwmon_device_unregister);

struct device *devm_hwmon_device_register_with_groups(struct device *dev, const char *name, void *drvdata,
                                                      const struct attribute_group **groups) {
    if (!dev)
        return static_cast<device *>(ERR_PTR(-EINVAL));
    auto **res = static_cast<device **>(devres_alloc(unregister_resource, sizeof(device *), GFP_KERNEL));
    if (!res)
        return static_cast<device *>(ERR_PTR(-ENOMEM));
    device *hwmon = hwmon_device_register_with_groups(dev, name, drvdata, groups);
    if (IS_ERR(hwmon)) {
        devres_free(res);
        return hwmon;
    }
    *res = hwmon;
    devres_add(dev, res);
    return hwmon;
}
EXPORT_SYMBOL_GPL(devm_hwmon_device_register_with_groups);

void devm_hwmon_device_unregister(struct device *dev) {
    WARN_ON(devres_release(dev->parent, unregister_resource, same_device, dev));
}
EXPORT_SYMBOL_GPL(devm_hwmon_device_unregister);

char *hwmon_sanitize_name(const char *name) {
    return name ? sanitize(kstrdup(name, GFP_KERNEL)) : static_cast<char *>(ERR_PTR(-EINVAL));
}
EXPORT_SYMBOL_GPL(hwmon_sanitize_name);

char *devm_hwmon_sanitize_name(struct device *dev, const char *name) {
    return dev && name ? sanitize(devm_kstrdup(dev, name, GFP_KERNEL)) : static_cast<char *>(ERR_PTR(-EINVAL));
}
EXPORT_SYMBOL_GPL(devm_hwmon_sanitize_name);
