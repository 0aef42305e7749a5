// SPDX-License-Identifier: Apache-2.0
// Buses and the drivers on them.
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

static kobject *bus_kobj; // /sys/bus

subsys_private *subsys_alloc() {
    auto *p = static_cast<subsys_private *>(kzalloc(sizeof(subsys_private), GFP_KERNEL));

    if (p) {
        mutex_init(&p->lock);
        INIT_LIST_HEAD(&p->devices);
        INIT_LIST_HEAD(&p->drivers);
        BLOCKING_INIT_NOTIFIER_HEAD(&p->notifier);
    }
    return p;
}

void subsys_free(subsys_private *p) {
    kobject_put(p->drivers_kobj);
    kobject_put(p->devices_kobj);
    kobject_put(p->subsys_kobj);
    kfree(p);
}

// Attributes of drivers

static ssize_t drv_attr_show(kobject *kobj, attribute *attr, char *buf) {
    driver_attribute *drv_attr = container_of(attr, driver_attribute, attr);

    return drv_attr->show ? drv_attr->show(container_of(kobj, driver_private, kobj)->driver, buf) : -EIO;
}

static ssize_t drv_attr_store(kobject *kobj, attribute *attr, const char *buf, size_t count) {
    driver_attribute *drv_attr = container_of(attr, driver_attribute, attr);

    return drv_attr->store ? drv_attr->store(container_of(kobj, driver_private, kobj)->driver, buf, count) : -EIO;
}

static const sysfs_ops driver_sysfs_ops = {.show = drv_attr_show, .store = drv_attr_store};

static void driver_release(kobject *kobj) {
    kfree(container_of(kobj, driver_private, kobj));
}

static const kobj_type driver_ktype = {.release = driver_release, .sysfs_ops = &driver_sysfs_ops};

int driver_create_file(device_driver *drv, const driver_attribute *attr) {
    return drv ? sysfs_create_file(&drv->p->kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(driver_create_file);

void driver_remove_file(device_driver *drv, const driver_attribute *attr) {
    if (drv)
        sysfs_remove_file(&drv->p->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_remove_file);

// "bind" and "unbind" take the name of a device of the bus.

static ssize_t unbind_store(device_driver *drv, const char *buf, size_t count) {
    device *dev = bus_find_device_by_name(drv->bus, nullptr, buf);
    int err = -ENODEV;

    if (dev && dev->driver == drv) {
        device_release_driver(dev);
        err = count;
    }
    put_device(dev);
    return err;
}
static DRIVER_ATTR_WO(unbind);

static ssize_t bind_store(device_driver *drv, const char *buf, size_t count) {
    device *dev = bus_find_device_by_name(drv->bus, nullptr, buf);
    int err = -ENODEV;

    if (dev && (!drv->bus->match || drv->bus->match(dev, drv) > 0)) {
        device_lock(dev);
        err = -EBUSY;
        if (!dev->driver) {
            dev->driver = drv;
            err = device_bind_driver(dev);
        }
        device_unlock(dev);
        if (!err)
            err = count;
    }
    put_device(dev);
    return err;
}
static DRIVER_ATTR_WO(bind);

// Walking

int bus_for_each_dev(bus_type *bus, device *start, void *data, int (*fn)(device *, void *)) {
    if (!bus || !bus->p)
        return -EINVAL;
    device_snapshot devices(&bus->p->lock, &bus->p->devices, device_of_bus_node);
    unsigned int i = 0;
    int error = 0;

    while (start && i < devices.size() && devices[i++] != start)
        ;
    for (; i < devices.size() && !error; i++)
        error = fn(devices[i], data);
    return error;
}
EXPORT_SYMBOL_GPL(bus_for_each_dev);

device *bus_find_device(bus_type *bus, device *start, const void *data, int (*match)(device *, const void *)) {
    if (!bus || !bus->p)
        return nullptr;
    device_snapshot devices(&bus->p->lock, &bus->p->devices, device_of_bus_node);
    unsigned int i = 0;

    while (start && i < devices.size() && devices[i++] != start)
        ;
    for (; i < devices.size(); i++) {
        if (match(devices[i], data))
            return get_device(devices[i]);
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(bus_find_device);

int bus_for_each_drv(bus_type *bus, device_driver *start, void *data, int (*fn)(device_driver *, void *)) {
    int error = 0;

    if (!bus || !bus->p)
        return -EINVAL;
    subsys_private *p = bus->p;
    driver_private *priv, *held = nullptr;

    // A reference keeps the entry in the list while its callback runs unlocked: the list is left only with the last
    // one.
    mutex_lock(&p->lock);
    bool begun = !start;
    list_for_each_entry (priv, &p->drivers, bus_node) {
        if (!begun) {
            begun = priv->driver == start;
            continue;
        }
        kobject_get(&priv->kobj);
        mutex_unlock(&p->lock);
        if (held)
            kobject_put(&held->kobj);
        held = priv;
        error = fn(priv->driver, data);
        mutex_lock(&p->lock);
        if (error || list_empty(&priv->bus_node))
            break;
    }
    mutex_unlock(&p->lock);
    if (held)
        kobject_put(&held->kobj);
    return error;
}
EXPORT_SYMBOL_GPL(bus_for_each_drv);

int driver_for_each_device(device_driver *drv, device *start, void *data, int (*fn)(device *, void *)) {
    device_snapshot devices(&drv->bus->p->lock, &drv->p->devices, device_of_driver_node);
    unsigned int i = 0;
    int error = 0;

    while (start && i < devices.size() && devices[i++] != start)
        ;
    for (; i < devices.size() && !error; i++)
        error = fn(devices[i], data);
    return error;
}
EXPORT_SYMBOL_GPL(driver_for_each_device);

device *driver_find_device(device_driver *drv, device *start, const void *data, int (*match)(device *, const void *)) {
    device_snapshot devices(&drv->bus->p->lock, &drv->p->devices, device_of_driver_node);
    unsigned int i = 0;

    while (start && i < devices.size() && devices[i++] != start)
        ;
    for (; i < devices.size(); i++) {
        if (match(devices[i], data))
            return get_device(devices[i]);
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(driver_find_device);

// Devices

int bus_add_device(device *dev) {
    bus_type *bus = dev->bus;

    if (!bus)
        return 0;
    if (!bus->p)
        return -EINVAL;
    int error = bus->dev_groups ? sysfs_create_groups(&dev->kobj, bus->dev_groups) : 0;
    if (!error)
        error = sysfs_create_link(bus->p->devices_kobj, &dev->kobj, dev_name(dev));
    if (error)
        return error;
    mutex_lock(&bus->p->lock);
    list_add_tail(&dev->bus_node, &bus->p->devices);
    mutex_unlock(&bus->p->lock);
    return 0;
}

void bus_probe_device(device *dev) {
    if (dev->bus)
        device_initial_probe(dev);
}

void bus_remove_device(device *dev) {
    bus_type *bus = dev->bus;

    if (!bus)
        return;
    sysfs_remove_link(bus->p->devices_kobj, dev_name(dev));
    if (bus->dev_groups)
        sysfs_remove_groups(&dev->kobj, bus->dev_groups);
    mutex_lock(&bus->p->lock);
    list_del_init(&dev->bus_node);
    mutex_unlock(&bus->p->lock);
    device_release_driver(dev);
}

void bus_notify(device *dev, unsigned long event) {
    if (dev->bus && dev->bus->p)
        blocking_notifier_call_chain(&dev->bus->p->notifier, event, dev);
}

int bus_register_notifier(bus_type *bus, notifier_block *nb) {
    return blocking_notifier_chain_register(&bus->p->notifier, nb);
}
EXPORT_SYMBOL_GPL(bus_register_notifier);

int bus_unregister_notifier(bus_type *bus, notifier_block *nb) {
    return blocking_notifier_chain_unregister(&bus->p->notifier, nb);
}
EXPORT_SYMBOL_GPL(bus_unregister_notifier);

static int rescan_device(device *dev, void *) {
    int ret = dev->driver ? 0 : device_attach(dev);

    return ret < 0 ? ret : 0;
}

int bus_rescan_devices(bus_type *bus) {
    return bus_for_each_dev(bus, nullptr, nullptr, rescan_device);
}
EXPORT_SYMBOL_GPL(bus_rescan_devices);

int device_reprobe(device *dev) {
    if (dev->driver)
        device_release_driver(dev);
    return rescan_device(dev, nullptr);
}
EXPORT_SYMBOL_GPL(device_reprobe);

// Drivers

int bus_add_driver(device_driver *drv) {
    bus_type *bus = drv->bus;
    auto *priv = static_cast<driver_private *>(kzalloc(sizeof(driver_private), GFP_KERNEL));

    if (!priv)
        return -ENOMEM;
    INIT_LIST_HEAD(&priv->devices);
    INIT_LIST_HEAD(&priv->bus_node);
    priv->driver = drv;
    drv->p = priv;
    int error = kobject_init_and_add(&priv->kobj, &driver_ktype, bus->p->drivers_kobj, "%s", drv->name);
    if (error) {
        drv->p = nullptr;
        kobject_put(&priv->kobj);
        return error;
    }
    if (!drv->suppress_bind_attrs) {
        if (!driver_create_file(drv, &driver_attr_bind))
            error = driver_create_file(drv, &driver_attr_unbind);
    }
    if (bus->drv_groups)
        error = sysfs_create_groups(&priv->kobj, bus->drv_groups);
    if (drv->groups)
        error = sysfs_create_groups(&priv->kobj, drv->groups);
    if (error)
        pr_warn("driver %s: attributes could not be added: %d\n", drv->name, error);
    mutex_lock(&bus->p->lock);
    list_add_tail(&priv->bus_node, &bus->p->drivers);
    mutex_unlock(&bus->p->lock);
    return driver_attach(drv);
}

void bus_remove_driver(device_driver *drv) {
    bus_type *bus = drv->bus;

    mutex_lock(&bus->p->lock);
    list_del_init(&drv->p->bus_node);
    mutex_unlock(&bus->p->lock);
    driver_detach(drv);
    if (drv->groups)
        sysfs_remove_groups(&drv->p->kobj, drv->groups);
    if (bus->drv_groups)
        sysfs_remove_groups(&drv->p->kobj, bus->drv_groups);
    if (!drv->suppress_bind_attrs) {
        driver_remove_file(drv, &driver_attr_unbind);
        driver_remove_file(drv, &driver_attr_bind);
    }
    kobject_del(&drv->p->kobj);
    kobject_put(&drv->p->kobj);
    drv->p = nullptr;
}

device_driver *driver_find(const char *name, bus_type *bus) {
    device_driver *found = nullptr;
    driver_private *priv;

    mutex_lock(&bus->p->lock);
    list_for_each_entry (priv, &bus->p->drivers, bus_node) {
        if (!strcmp(priv->driver->name, name)) {
            found = priv->driver;
            break;
        }
    }
    mutex_unlock(&bus->p->lock);
    return found;
}
EXPORT_SYMBOL_GPL(driver_find);

int driver_register(device_driver *drv) {
    if (!drv->bus->p) {
        pr_err("Driver '%s' was unable to register with bus_type '%s' because the bus was not initialized.\n",
               drv->name, drv->bus->name);
        return -EINVAL;
    }
    if (driver_find(drv->name, drv->bus)) {
        pr_err("Error: Driver '%s' is already registered, aborting...\n", drv->name);
        return -EBUSY;
    }
    return bus_add_driver(drv);
}
EXPORT_SYMBOL_GPL(driver_register);

void driver_unregister(device_driver *drv) {
    if (!drv || !drv->p) {
        WARN(1, "Unexpected driver unregister!\n");
        return;
    }
    bus_remove_driver(drv);
}
EXPORT_SYMBOL_GPL(driver_unregister);

// Buses

int bus_register(bus_type *bus) {
    subsys_private *p = subsys_alloc();

    if (!p)
        return -ENOMEM;
    p->subsys_kobj = kobject_create_and_add(bus->name, bus_kobj);
    if (p->subsys_kobj) {
        p->devices_kobj = kobject_create_and_add("devices", p->subsys_kobj);
        p->drivers_kobj = kobject_create_and_add("drivers", p->subsys_kobj);
    }
    if (!p->devices_kobj || !p->drivers_kobj) {
        subsys_free(p);
        return -ENOMEM;
    }
    bus->p = p;
    return 0;
}
EXPORT_SYMBOL_GPL(bus_register);

void bus_unregister(bus_type *bus) {
    subsys_free(bus->p);
    bus->p = nullptr;
}
EXPORT_SYMBOL_GPL(bus_unregister);

int buses_init() {
    bus_kobj = kobject_create_and_add("bus", nullptr);
    return bus_kobj ? 0 : -ENOMEM;
}

void driver_init(void) {
    if (devices_init() || buses_init() || classes_init() || platform_bus_init() || cpu_dev_init())
        panic("driver core: no memory\n");
}
