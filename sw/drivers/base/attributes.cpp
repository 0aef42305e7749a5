// SPDX-License-Identifier: Apache-2.0
// Files of devices in /sys that drivers add, and messages about devices (Linux: drivers/base/core.c).
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "drivers/base/managed.h"
#include "lib/guard.h"

// Attributes whose value is a variable

namespace {

template <typename T>
T &variable_of(device_attribute *attr) {
    return *static_cast<T *>(container_of(attr, dev_ext_attribute, attr)->var);
}

int parse(const char *text, unsigned long *value) {
    return kstrtoul(text, 0, value);
}
int parse(const char *text, int *value) {
    return kstrtoint(text, 0, value);
}
int parse(const char *text, bool *value) {
    return kstrtobool(text, value);
}

// The variable stays as it is if the text is none of its values.
template <typename T>
ssize_t assign(device_attribute *attr, const char *text, size_t length) {
    T value;
    const int error = parse(text, &value);

    if (!error)
        variable_of<T>(attr) = value;
    return error ? error : static_cast<ssize_t>(length);
}

} // namespace

// device_show_ulong and device_store_ulong, and so on.
#define ATTRIBUTE_OF_VARIABLE(suffix, type, format)                                                                    \
    ssize_t device_show_##suffix(device *, device_attribute *attr, char *buf) {                                        \
        return sysfs_emit(buf, format "\n", variable_of<type>(attr));                                                  \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(device_show_##suffix);                                                                           \
    ssize_t device_store_##suffix(device *, device_attribute *attr, const char *buf, size_t size) {                    \
        return assign<type>(attr, buf, size);                                                                          \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(device_store_##suffix)

ATTRIBUTE_OF_VARIABLE(ulong, unsigned long, "%lx");
ATTRIBUTE_OF_VARIABLE(int, int, "%d");
ATTRIBUTE_OF_VARIABLE(bool, bool, "%d");

// Files and groups

int device_create_file(device *dev, const device_attribute *attr) {
    return dev ? sysfs_create_file(&dev->kobj, &attr->attr) : 0;
}
EXPORT_SYMBOL_GPL(device_create_file);

void device_remove_file(device *dev, const device_attribute *attr) {
    if (dev)
        sysfs_remove_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file);

int device_add_groups(device *dev, const attribute_group **groups) {
    return sysfs_create_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_add_groups);

void device_remove_groups(device *dev, const attribute_group **groups) {
    sysfs_remove_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_remove_groups);

namespace {

void remove_groups(device *dev, const attribute_group **&groups) {
    sysfs_remove_groups(&dev->kobj, groups);
}
void remove_group(device *dev, const attribute_group *&group) {
    sysfs_remove_group(&dev->kobj, group);
}
using managed_groups = managed<const attribute_group **, remove_groups>;
using managed_group = managed<const attribute_group *, remove_group>;

} // namespace

int devm_device_add_groups(device *dev, const attribute_group **groups) {
    return managed_groups::acquire(dev, groups, [=] { return sysfs_create_groups(&dev->kobj, groups); });
}
EXPORT_SYMBOL_GPL(devm_device_add_groups);

int devm_device_add_group(device *dev, const attribute_group *grp) {
    return managed_group::acquire(dev, grp, [=] { return sysfs_create_group(&dev->kobj, grp); });
}
EXPORT_SYMBOL_GPL(devm_device_add_group);

void devm_device_remove_groups(device *dev, const attribute_group **groups) {
    WARN_ON(!managed_groups::give_back(dev, groups));
}
EXPORT_SYMBOL_GPL(devm_device_remove_groups);

void devm_device_remove_group(device *dev, const attribute_group *grp) {
    WARN_ON(!managed_group::give_back(dev, grp));
}
EXPORT_SYMBOL_GPL(devm_device_remove_group);

// Messages

const char *dev_driver_string(const device *dev) {
    const device_driver *drv = READ_ONCE(dev->driver);

    return drv ? drv->name : dev_bus_name(dev);
}
EXPORT_SYMBOL(dev_driver_string);

static void say(const char *level, const device *dev, va_format text) {
    const char *who = dev ? dev_driver_string(dev) : "(NULL device *)";

    printk("%s%s%s%s: %pV", level, who, dev ? " " : "", dev ? dev_name(dev) : "", &text);
}

void _dev_printk(const char *level, const device *dev, const char *fmt, ...) {
    VARARGS(args, fmt);
    say(level, dev, {fmt, &args});
}
EXPORT_SYMBOL(_dev_printk);

// Linux: define_dev_printk_level
#define MESSAGE_OF_LEVEL(function, level)                                                                              \
    void function(const device *dev, const char *fmt, ...) {                                                           \
        VARARGS(args, fmt);                                                                                            \
        say(level, dev, {fmt, &args});                                                                                 \
    }                                                                                                                  \
    EXPORT_SYMBOL(function)

MESSAGE_OF_LEVEL(_dev_emerg, KERN_EMERG);
MESSAGE_OF_LEVEL(_dev_alert, KERN_ALERT);
MESSAGE_OF_LEVEL(_dev_crit, KERN_CRIT);
MESSAGE_OF_LEVEL(_dev_err, KERN_ERR);
MESSAGE_OF_LEVEL(_dev_warn, KERN_WARNING);
MESSAGE_OF_LEVEL(_dev_notice, KERN_NOTICE);
MESSAGE_OF_LEVEL(_dev_info, KERN_INFO);

// A deferral is not a failure yet: the text waits in the device until somebody asks why it waits.
static void note_probe_error(const device *dev, int error, va_format text) {
    if (error == -EPROBE_DEFER)
        device_set_deferred_probe_reason(dev, &text);
    else if (error != -ENOMEM) // the allocator has said it
        dev_err(dev, "error %pe: %pV", ERR_PTR(error), &text);
}

int dev_err_probe(const device *dev, int err, const char *fmt, ...) {
    VARARGS(args, fmt);
    note_probe_error(dev, err, {fmt, &args});
    return err;
}
EXPORT_SYMBOL_GPL(dev_err_probe);
