// SPDX-License-Identifier: Apache-2.0
// Binding devices and drivers: matching, probing, deferred probing, unbinding.
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

// Devices whose probe answered -EPROBE_DEFER wait in `pending`. Whenever some other device has been bound, all of them
// move to `active`, and a work item tries them again. Before late_initcall that is not worth the while: drivers are
// still coming.
static DEFINE_MUTEX(deferred_probe_mutex);
static LIST_HEAD(deferred_probe_pending);
static LIST_HEAD(deferred_probe_active);
static atomic_t deferred_trigger_count = ATOMIC_INIT(0);
static bool driver_deferred_probe_enable;
static void deferred_probe_work_func(work_struct *work);
static DECLARE_WORK(deferred_probe_work, deferred_probe_work_func);

static void deferred_probe_work_func(work_struct *) {
    mutex_lock(&deferred_probe_mutex);
    while (!list_empty(&deferred_probe_active)) {
        device *dev = list_first_entry(&deferred_probe_active, device, deferred_node);

        list_del_init(&dev->deferred_node);
        get_device(dev);
        kfree(dev->deferred_reason);
        dev->deferred_reason = nullptr;
        // Probing takes other locks, and may defer again.
        mutex_unlock(&deferred_probe_mutex);
        bus_probe_device(dev);
        put_device(dev);
        mutex_lock(&deferred_probe_mutex);
    }
    mutex_unlock(&deferred_probe_mutex);
}

static void driver_deferred_probe_add(device *dev) {
    mutex_lock(&deferred_probe_mutex);
    if (list_empty(&dev->deferred_node))
        list_add_tail(&dev->deferred_node, &deferred_probe_pending);
    mutex_unlock(&deferred_probe_mutex);
}

void driver_deferred_probe_del(device *dev) {
    mutex_lock(&deferred_probe_mutex);
    list_del_init(&dev->deferred_node);
    mutex_unlock(&deferred_probe_mutex);
}

static void driver_deferred_probe_trigger() {
    if (!driver_deferred_probe_enable)
        return;
    mutex_lock(&deferred_probe_mutex);
    atomic_inc(&deferred_trigger_count);
    list_splice_tail_init(&deferred_probe_pending, &deferred_probe_active);
    mutex_unlock(&deferred_probe_mutex);
    queue_work(system_unbound_wq, &deferred_probe_work);
}

static int __init deferred_probe_initcall(void) {
    driver_deferred_probe_enable = true;
    driver_deferred_probe_trigger();
    flush_work(&deferred_probe_work);
    // What was bound in the first pass may have been what others waited for.
    driver_deferred_probe_trigger();
    flush_work(&deferred_probe_work);
    return 0;
}
late_initcall(deferred_probe_initcall);

void wait_for_device_probe(void) {
    flush_work(&deferred_probe_work);
}
EXPORT_SYMBOL_GPL(wait_for_device_probe);

int driver_deferred_probe_check_state(device *) {
    return -EPROBE_DEFER;
}
EXPORT_SYMBOL_GPL(driver_deferred_probe_check_state);

// Binding. The device's lock is held.

bool device_is_bound(device *dev) {
    return dev->driver && !list_empty(&dev->driver_node);
}
EXPORT_SYMBOL_GPL(device_is_bound);

static void driver_bound(device *dev) {
    device_driver *drv = dev->driver;

    mutex_lock(&drv->bus->p->lock);
    list_add_tail(&dev->driver_node, &drv->p->devices);
    mutex_unlock(&drv->bus->p->lock);
    driver_deferred_probe_del(dev);
    driver_deferred_probe_trigger();
    bus_notify(dev, BUS_NOTIFY_BOUND_DRIVER);
    kobject_uevent(&dev->kobj, KOBJ_BIND);
}

static void device_unbind_cleanup(device *dev) {
    devres_release_all(dev);
    dev->driver = nullptr;
    dev_set_drvdata(dev, nullptr);
}

static int call_probe(device *dev, device_driver *drv) {
    if (dev->bus->probe)
        return dev->bus->probe(dev);
    return drv->probe ? drv->probe(dev) : 0;
}

static void call_remove(device *dev) {
    if (dev->bus && dev->bus->remove)
        dev->bus->remove(dev);
    else if (dev->driver->remove)
        dev->driver->remove(dev);
}

static void report_probe_failure(device *dev, device_driver *drv, int ret) {
    switch (ret) {
    case -EPROBE_DEFER:
        dev_dbg(dev, "Driver %s requests probe deferral\n", drv->name);
        break;
    case -ENODEV:
    case -ENXIO:
        pr_debug("%s: probe of %s rejects match %d\n", drv->name, dev_name(dev), ret);
        break;
    default:
        pr_warn("%s: probe of %s failed with error %d\n", drv->name, dev_name(dev), ret);
    }
}

static int really_probe(device *dev, device_driver *drv) {
    if (!list_empty(&dev->devres_head)) {
        dev_crit(dev, "Resources present before probing\n");
        return -EBUSY;
    }
    dev->driver = drv;
    bus_notify(dev, BUS_NOTIFY_BIND_DRIVER);
    int ret = sysfs_create_link(&drv->p->kobj, &dev->kobj, dev_name(dev));
    if (!ret) {
        ret = call_probe(dev, drv);
        if (!ret && drv->dev_groups) {
            ret = device_add_groups(dev, drv->dev_groups);
            if (ret)
                call_remove(dev);
        }
        if (!ret) {
            driver_bound(dev);
            return 0;
        }
        sysfs_remove_link(&drv->p->kobj, dev_name(dev));
    }
    report_probe_failure(dev, drv, ret);
    bus_notify(dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
    device_unbind_cleanup(dev);
    return ret;
}

// 0: bound. Deferral is noted; a failure is the driver's affair and not the caller's.
static int driver_probe_device(device_driver *drv, device *dev) {
    if (dev->dead || !device_is_registered(dev))
        return -ENODEV;
    if (dev->driver)
        return -EBUSY;
    int triggers = atomic_read(&deferred_trigger_count);
    int ret = really_probe(dev, drv);
    if (ret == -EPROBE_DEFER) {
        driver_deferred_probe_add(dev);
        // What it waits for may have come while it was probing.
        if (triggers != atomic_read(&deferred_trigger_count))
            driver_deferred_probe_trigger();
    }
    return ret;
}

static int driver_match_device(device_driver *drv, device *dev) {
    return drv->bus->match ? drv->bus->match(dev, drv) : 1;
}

int device_bind_driver(device *dev) {
    int ret = sysfs_create_link(&dev->driver->p->kobj, &dev->kobj, dev_name(dev));

    if (!ret)
        driver_bound(dev);
    return ret;
}
EXPORT_SYMBOL_GPL(device_bind_driver);

static int try_driver(device_driver *drv, void *data) {
    auto *dev = static_cast<device *>(data);

    if (driver_match_device(drv, dev) <= 0)
        return 0;
    int ret = driver_probe_device(drv, dev);
    // Bound, or to be tried again with this driver: no other one need look.
    return ret == 0 || ret == -EPROBE_DEFER ? 1 : 0;
}

// 1: bound; 0: no driver.
int device_attach(device *dev) {
    int ret;

    device_lock(dev);
    if (dev->driver)
        ret = device_is_bound(dev) ? 1 : (device_bind_driver(dev) ? 0 : 1);
    else
        ret = bus_for_each_drv(dev->bus, nullptr, dev, try_driver);
    device_unlock(dev);
    return ret > 0 && dev->driver ? 1 : 0;
}
EXPORT_SYMBOL_GPL(device_attach);

int device_initial_probe(device *dev) {
    return device_attach(dev);
}

static int try_device(device *dev, void *data) {
    auto *drv = static_cast<device_driver *>(data);
    int match = driver_match_device(drv, dev);

    if (match == -EPROBE_DEFER)
        driver_deferred_probe_add(dev);
    if (match <= 0)
        return 0;
    device_lock(dev);
    if (!dev->driver)
        driver_probe_device(drv, dev);
    device_unlock(dev);
    return 0;
}

int driver_attach(device_driver *drv) {
    return bus_for_each_dev(drv->bus, nullptr, drv, try_device);
}
EXPORT_SYMBOL_GPL(driver_attach);

static void __device_release_driver(device *dev) {
    device_driver *drv = dev->driver;

    if (!drv)
        return;
    sysfs_remove_link(&drv->p->kobj, dev_name(dev));
    bus_notify(dev, BUS_NOTIFY_UNBIND_DRIVER);
    if (drv->dev_groups)
        device_remove_groups(dev, drv->dev_groups);
    call_remove(dev);
    mutex_lock(&drv->bus->p->lock);
    list_del_init(&dev->driver_node);
    mutex_unlock(&drv->bus->p->lock);
    device_unbind_cleanup(dev);
    bus_notify(dev, BUS_NOTIFY_UNBOUND_DRIVER);
    kobject_uevent(&dev->kobj, KOBJ_UNBIND);
}

void device_release_driver(device *dev) {
    device_lock(dev);
    __device_release_driver(dev);
    device_unlock(dev);
}
EXPORT_SYMBOL_GPL(device_release_driver);

// The driver goes: the devices bound last are released first.
void driver_detach(device_driver *drv) {
    device_snapshot devices(&drv->bus->p->lock, &drv->p->devices, device_of_driver_node);

    for (unsigned int i = devices.size(); i > 0; i--) {
        device *dev = devices[i - 1];

        device_lock(dev);
        if (dev->driver == drv)
            __device_release_driver(dev);
        device_unlock(dev);
    }
}
