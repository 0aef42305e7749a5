// SPDX-License-Identifier: Apache-2.0
// Wake-up sources (Linux: drivers/base/power/wakeup.c, sysfs.c): which devices could wake the system, and may. The
// system never sleeps, so events are only counted.
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/pm.h>
#include <linux/string.h>

// /sys/devices/.../power/wakeup

namespace {

constexpr const char *words[] = {"disabled", "enabled"};

ssize_t wakeup_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", dev->power.can_wakeup ? words[device_may_wakeup(dev)] : "");
}

ssize_t wakeup_store(device *dev, device_attribute *, const char *buf, size_t n) {
    int error = -EINVAL; // neither word
    for (bool wanted : these(false, true))
        if (sysfs_streq(words[wanted], buf))
            error = device_set_wakeup_enable(dev, wanted);
    return error ? error : static_cast<ssize_t>(n);
}
DEVICE_ATTR_RW(wakeup);

ssize_t wakeup_count_show(device *dev, device_attribute *, char *buf) {
    return dev->power.wakeup_enabled ? sysfs_emit(buf, "%u\n", dev->power.wakeup_count) : sysfs_emit(buf, "\n");
}
DEVICE_ATTR_RO(wakeup_count);

attribute *wakeup_attrs[] = {&dev_attr_wakeup.attr, &dev_attr_wakeup_count.attr, nullptr};
const attribute_group wakeup_group = {.name = "power", .attrs = wakeup_attrs};

} // namespace

int wakeup_sysfs_add(device *dev) {
    const int error = dev->power.can_wakeup ? sysfs_create_group(&dev->kobj, &wakeup_group) : 0;
    dev->power.in_sysfs = !error && dev->power.can_wakeup;
    return error;
}

void wakeup_sysfs_remove(device *dev) {
    if (dev->power.in_sysfs)
        sysfs_remove_group(&dev->kobj, &wakeup_group);
    dev->power.in_sysfs = false;
}

bool device_may_wakeup(device *dev) {
    return dev->power.can_wakeup && dev->power.wakeup_enabled;
}
EXPORT_SYMBOL_GPL(device_may_wakeup);

void device_set_wakeup_capable(device *dev, bool capable) {
    // By whether it can: what its files do then.
    static constexpr void (*files[])(device *) = {wakeup_sysfs_remove, [](device *d) { wakeup_sysfs_add(d); }};
    const bool could = dev->power.can_wakeup;

    dev->power.can_wakeup = capable;
    if (could != capable && device_is_registered(dev))
        files[capable](dev);
}
EXPORT_SYMBOL_GPL(device_set_wakeup_capable);

int device_set_wakeup_enable(device *dev, bool enable) {
    if (!dev || !dev->power.can_wakeup)
        return -EINVAL;
    dev->power.wakeup_enabled = enable;
    return 0;
}
EXPORT_SYMBOL_GPL(device_set_wakeup_enable);

int device_wakeup_enable(device *dev) {
    return device_set_wakeup_enable(dev, true);
}
EXPORT_SYMBOL_GPL(device_wakeup_enable);

int device_init_wakeup(device *dev, bool enable) {
    dev->power.wakeup_enabled = enable;
    device_set_wakeup_capable(dev, enable);
    return 0;
}
EXPORT_SYMBOL_GPL(device_init_wakeup);

bool device_can_wakeup(device *dev) {
    return dev->power.can_wakeup;
}
EXPORT_SYMBOL_GPL(device_can_wakeup);

int device_wakeup_disable(device *dev) {
    return device_set_wakeup_enable(dev, false);
}
EXPORT_SYMBOL_GPL(device_wakeup_disable);

void pm_stay_awake(device *dev) {
    if (dev && dev->power.wakeup_enabled)
        dev->power.wakeup_count++;
}
EXPORT_SYMBOL_GPL(pm_stay_awake);

void pm_relax(device *) {}
EXPORT_SYMBOL_GPL(pm_relax);

void pm_wakeup_dev_event(device *dev, unsigned int, bool) {
    pm_stay_awake(dev);
}
EXPORT_SYMBOL_GPL(pm_wakeup_dev_event);
