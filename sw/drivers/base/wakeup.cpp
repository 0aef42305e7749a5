// SPDX-License-Identifier: Apache-2.0
// Wake-up sources: which devices could wake the system, and may. The system never sleeps, so events are only counted.
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/pm.h>

void (*pm_power_off)(void);
EXPORT_SYMBOL_GPL(pm_power_off);

bool device_can_wakeup(device *dev) {
    return dev->power.can_wakeup;
}
EXPORT_SYMBOL_GPL(device_can_wakeup);

bool device_may_wakeup(device *dev) {
    return dev->power.can_wakeup && dev->power.wakeup_enabled;
}
EXPORT_SYMBOL_GPL(device_may_wakeup);

void device_set_wakeup_capable(device *dev, bool capable) {
    dev->power.can_wakeup = capable;
}
EXPORT_SYMBOL_GPL(device_set_wakeup_capable);

int device_wakeup_enable(device *dev) {
    if (!dev || !dev->power.can_wakeup)
        return -EINVAL;
    dev->power.wakeup_enabled = true;
    return 0;
}
EXPORT_SYMBOL_GPL(device_wakeup_enable);

int device_wakeup_disable(device *dev) {
    if (!dev || !dev->power.can_wakeup)
        return -EINVAL;
    dev->power.wakeup_enabled = false;
    return 0;
}
EXPORT_SYMBOL_GPL(device_wakeup_disable);

int device_set_wakeup_enable(device *dev, bool enable) {
    return enable ? device_wakeup_enable(dev) : device_wakeup_disable(dev);
}
EXPORT_SYMBOL_GPL(device_set_wakeup_enable);

int device_init_wakeup(device *dev, bool enable) {
    if (enable) {
        device_set_wakeup_capable(dev, true);
        return device_wakeup_enable(dev);
    }
    device_wakeup_disable(dev);
    device_set_wakeup_capable(dev, false);
    return 0;
}
EXPORT_SYMBOL_GPL(device_init_wakeup);

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
