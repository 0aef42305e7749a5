// SPDX-License-Identifier: Apache-2.0
// Buses and the drivers on them (Linux: drivers/base/bus.c, drivers/base/driver.c). A bus is two live lists, of devices
// and of drivers, and a folder in /sys; what joins them to one another is dd.cpp's.
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "lib/attributes.h"

static kobject *bus_kobj; // /sys/bus

// Folders of buses and classes

void subsys_folder_release(kobject *kobj) {
    kfree(container_of(kobj, subsys_folder, kobj));
}

void subsys_free(subsys_private *p) {
    for (kobject *folder : these(p->drivers_kobj, p->devices_kobj, p->subsys_kobj))
        kobject_put(folder);
    kfree(p);
}

result<subsys_private *> subsys_alloc(const char *name, const kobj_type &type, void *subject, kobject *parent) {
    auto *p = static_cast<subsys_private *>(kzalloc(sizeof(subsys_private), GFP_KERNEL));
    auto *folder = static_cast<subsys_folder *>(kzalloc(sizeof(subsys_folder), GFP_KERNEL));

    if (!p || !folder) {
        kfree(p);
        kfree(folder);
        return failure(-ENOMEM);
    }
    p->members.init();
    mutex_init(&p->interfaces_lock);
    for (list_head *list : these(&p->devices, &p->drivers, &p->interfaces))
        INIT_LIST_HEAD(list);
    BLOCKING_INIT_NOTIFIER_HEAD(&p->notifier);
    p->drivers_autoprobe = true;
    folder->subject = subject;
    p->subsys_kobj = &folder->kobj;
    if (int error = kobject_init_and_add(p->subsys_kobj, &type, parent, "%s", name)) {
        subsys_free(p);
        return failure(error);
    }
    return p;
}

// Walking. `start`, where given, was reached before: the walk begins behind it.

namespace {

using devices_on_bus = live_walk<&device::bus_node>;
using devices_of_driver = live_walk<&device::driver_node>;
using drivers_on_bus = live_walk<&driver_private::bus_node>;

bool is_registered(const bus_type *bus) {
    return bus && bus->p;
}

} // namespace

int bus_for_each_dev(bus_type *bus, device *start, void *data, int (*fn)(device *, void *)) {
    return is_registered(bus) ? devices_on_bus(bus->p->members, bus->p->devices, start).visit(fn, data) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_for_each_dev);

device *bus_find_device(bus_type *bus, device *start, const void *data, int (*match)(device *, const void *)) {
    return is_registered(bus) ? devices_on_bus(bus->p->members, bus->p->devices, start).find(match, data) : nullptr;
}
EXPORT_SYMBOL_GPL(bus_find_device);

static int each_driver(subsys_private *p, device_driver *behind, int (*fn)(device_driver *, void *), void *data) {
    drivers_on_bus walk(p->members, p->drivers, behind ? behind->p : nullptr);
    return walk.visit([=](driver_private *priv) { return fn(priv->driver, data); });
}

int bus_for_each_drv(bus_type *bus, device_driver *start, void *data, int (*fn)(device_driver *, void *)) {
    return is_registered(bus) ? each_driver(bus->p, start, fn, data) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_for_each_drv);

int driver_for_each_device(device_driver *drv, device *start, void *data, int (*fn)(device *, void *)) {
    return devices_of_driver(drv->bus->p->members, drv->p->devices, start).visit(fn, data);
}
EXPORT_SYMBOL_GPL(driver_for_each_device);

device *driver_find_device(device_driver *drv, device *start, const void *data, int (*match)(device *, const void *)) {
    return devices_of_driver(drv->bus->p->members, drv->p->devices, start).find(match, data);
}
EXPORT_SYMBOL_GPL(driver_find_device);

device_driver *driver_find(const char *name, bus_type *bus) {
    for (driver_private &priv : drivers_on_bus(bus->p->members, bus->p->drivers))
        if (!strcmp(priv.driver->name, name))
            return priv.driver;
    return nullptr;
}
EXPORT_SYMBOL_GPL(driver_find);

// Devices. A device on the bus's list can be found, matched and probed.

int bus_add_device(device *dev) {
    if (!dev->bus)
        return 0;
    subsys_private *p = dev->bus->p;
    if (!p)
        return -EINVAL;
    kobject *self = &dev->kobj;
    if (int error = sysfs_create_groups(self, dev->bus->dev_groups))
        return error;
    on_failure no_groups([&] { sysfs_remove_groups(self, dev->bus->dev_groups); });
    if (int error = sysfs_create_link(p->devices_kobj, self, dev_name(dev)))
        return error;
    on_failure no_link([&] { sysfs_remove_link(p->devices_kobj, dev_name(dev)); });
    if (int error = sysfs_create_link(self, p->subsys_kobj, "subsystem"))
        return error;
    no_groups.dismiss();
    no_link.dismiss();
    p->members.add(dev->bus_node, p->devices);
    return 0;
}

void bus_remove_device(device *dev) {
    if (!dev->bus)
        return;
    subsys_private *p = dev->bus->p;
    sysfs_remove_link(&dev->kobj, "subsystem");
    sysfs_remove_link(p->devices_kobj, dev_name(dev));
    sysfs_remove_groups(&dev->kobj, dev->bus->dev_groups);
    p->members.remove(dev->bus_node);
    device_release_driver(dev);
}

void bus_probe_device(device *dev) {
    if (dev->bus && dev->bus->p->drivers_autoprobe)
        device_initial_probe(dev);
}

int bus_register_notifier(bus_type *bus, notifier_block *nb) {
    return blocking_notifier_chain_register(&bus->p->notifier, nb);
}
EXPORT_SYMBOL_GPL(bus_register_notifier);

void bus_notify(device *dev, unsigned long event) {
    if (is_registered(dev->bus))
        blocking_notifier_call_chain(&dev->bus->p->notifier, event, dev);
}

int bus_unregister_notifier(bus_type *bus, notifier_block *nb) {
    return blocking_notifier_chain_unregister(&bus->p->notifier, nb);
}
EXPORT_SYMBOL_GPL(bus_unregister_notifier);

static int probe_if_unbound(device *dev, void *) {
    return dev->driver ? 0 : min(device_attach(dev), 0);
}

int bus_rescan_devices(bus_type *bus) {
    return bus_for_each_dev(bus, nullptr, nullptr, probe_if_unbound);
}
EXPORT_SYMBOL_GPL(bus_rescan_devices);

int device_reprobe(device *dev) {
    device_release_driver(dev);
    return probe_if_unbound(dev, nullptr);
}
EXPORT_SYMBOL_GPL(device_reprobe);

// What user space writes into a bus's files: the name of a device, for which `act` does what the file is for.

template <typename Act>
static ssize_t for_named_device(bus_type *bus, const char *name, size_t length, Act act) {
    device *dev = bus_find_device_by_name(bus, nullptr, name);
    const int error = dev ? act(dev) : -ENODEV;

    put_device(dev);
    return error ? error : static_cast<ssize_t>(length);
}

static ssize_t unbind_store(device_driver *drv, const char *buf, size_t count) {
    return for_named_device(drv->bus, buf, count, [drv](device *dev) {
        if (dev->driver != drv)
            return -ENODEV;
        device_release_driver(dev);
        return 0;
    });
}
static DRIVER_ATTR_WO(unbind);

static ssize_t bind_store(device_driver *drv, const char *buf, size_t count) {
    return for_named_device(drv->bus, buf, count, [drv](device *dev) {
        const bool fits = !drv->bus->match || drv->bus->match(dev, drv) > 0;
        return fits ? device_driver_attach(drv, dev) : -ENODEV;
    });
}
static DRIVER_ATTR_WO(bind);

static ssize_t drivers_probe_store(bus_type *bus, const char *buf, size_t count) {
    return for_named_device(bus, buf, count, [](device *dev) { return probe_if_unbound(dev, nullptr) ? -EINVAL : 0; });
}
static BUS_ATTR_WO(drivers_probe);

static ssize_t drivers_autoprobe_show(bus_type *bus, char *buf) {
    return sysfs_emit(buf, "%d\n", bus->p->drivers_autoprobe);
}

static ssize_t drivers_autoprobe_store(bus_type *bus, const char *buf, size_t count) {
    bus->p->drivers_autoprobe = *buf != '0';
    return static_cast<ssize_t>(count);
}
static BUS_ATTR_RW(drivers_autoprobe);

static ssize_t bus_uevent_store(bus_type *bus, const char *buf, size_t count) {
    const int error = kobject_synth_uevent(bus->p->subsys_kobj, buf, count);
    return error ? error : static_cast<ssize_t>(count);
}
static struct bus_attribute bus_attr_uevent = __ATTR(uevent, 0200, nullptr, bus_uevent_store);

static ssize_t uevent_store(device_driver *drv, const char *buf, size_t count) {
    const int error = kobject_synth_uevent(&drv->p->kobj, buf, count);
    return error ? error : static_cast<ssize_t>(count);
}
static DRIVER_ATTR_WO(uevent);

// Drivers

static device_driver *driver_of(kobject *kobj) {
    return container_of(kobj, driver_private, kobj)->driver;
}

static void driver_release(kobject *kobj) {
    kfree(container_of(kobj, driver_private, kobj));
}

static const kobj_type driver_ktype = {.release = driver_release,
                                       .sysfs_ops = &typed_attributes<driver_attribute, driver_of>::ops};

int driver_create_file(device_driver *drv, const driver_attribute *attr) {
    return drv ? sysfs_create_file(&drv->p->kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(driver_create_file);

void driver_remove_file(device_driver *drv, const driver_attribute *attr) {
    if (drv)
        sysfs_remove_file(&drv->p->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_remove_file);

static const attribute *const bind_files[] = {&driver_attr_unbind.attr, &driver_attr_bind.attr, nullptr};

// The driver's folder and its module's name each other: "module", and drivers/BUS:NAME.
static void link_module(device_driver &drv) {
    if (!drv.owner)
        return;
    kobject *folder = &drv.p->kobj, *module = &drv.owner->mkobj.kobj;
    char *name = kasprintf(GFP_KERNEL, "%s:%s", drv.bus->name, drv.name);

    if (!drv.owner->mkobj.drivers_dir)
        drv.owner->mkobj.drivers_dir = kobject_create_and_add("drivers", module);
    // As with all files of a driver: it works without them.
    if (sysfs_create_link(folder, module, "module") || !name || !drv.owner->mkobj.drivers_dir ||
        sysfs_create_link(drv.owner->mkobj.drivers_dir, folder, name))
        pr_debug("%s: no link to the module\n", drv.name);
    kfree(name);
}

static void unlink_module(device_driver &drv) {
    if (!drv.owner)
        return;
    char *name = kasprintf(GFP_KERNEL, "%s:%s", drv.bus->name, drv.name);

    sysfs_remove_link(&drv.p->kobj, "module");
    if (name && drv.owner->mkobj.drivers_dir)
        sysfs_remove_link(drv.owner->mkobj.drivers_dir, name);
    kfree(name);
}

// Files that could not be made are a line in the log; the driver works without them.
static void add_driver_files(device_driver &drv) {
    kobject *folder = &drv.p->kobj;

    link_module(drv);
    if (sysfs_create_file(folder, &driver_attr_uevent.attr))
        pr_err("%s: uevent attr (%s) failed\n", "bus_add_driver", drv.name);
    if (sysfs_create_groups(folder, drv.bus->drv_groups))
        pr_err("%s: driver_add_groups(%s) failed\n", "bus_add_driver", drv.name);
    if (!drv.suppress_bind_attrs && sysfs_create_files(folder, bind_files))
        pr_err("%s: add_bind_files(%s) failed\n", "bus_add_driver", drv.name);
}

static void remove_driver_files(device_driver &drv) {
    if (!drv.suppress_bind_attrs)
        sysfs_remove_files(&drv.p->kobj, bind_files);
    sysfs_remove_groups(&drv.p->kobj, drv.bus->drv_groups);
    sysfs_remove_file(&drv.p->kobj, &driver_attr_uevent.attr);
    unlink_module(drv);
}

int bus_add_driver(device_driver *drv) {
    subsys_private *p = drv->bus->p;
    auto *priv = static_cast<driver_private *>(kzalloc(sizeof(driver_private), GFP_KERNEL));

    if (!priv)
        return -ENOMEM;
    INIT_LIST_HEAD(&priv->devices);
    priv->driver = drv;
    drv->p = priv;
    int error = kobject_init_and_add(&priv->kobj, &driver_ktype, p->drivers_kobj, "%s", drv->name);
    if (error) {
        drv->p = nullptr;
        kobject_put(&priv->kobj);
        return error;
    }
    p->members.add(priv->bus_node, p->drivers);
    if (p->drivers_autoprobe)
        error = driver_attach(drv);
    if (!error)
        add_driver_files(*drv);
    return error;
}

// First nothing finds it any more, then it lets go of its devices.
void bus_remove_driver(device_driver *drv) {
    driver_private *priv = drv->p;

    remove_driver_files(*drv);
    drv->bus->p->members.remove(priv->bus_node);
    driver_detach(drv);
    kobject_del(&priv->kobj);
    drv->p = nullptr;
    kobject_put(&priv->kobj);
}

static const char *name_of_driver(const void *object, char *, size_t) {
    return static_cast<const device_driver *>(object)->name;
}
const owned_kind owned_driver = {"driver %s still registered", name_of_driver};

int driver_register(device_driver *drv) {
    const bus_type *bus = drv->bus;

    if (!is_registered(bus)) {
        pr_err("Driver '%s' was unable to register with bus_type '%s' because the bus was not initialized.\n",
               drv->name, bus->name);
        return -EINVAL;
    }
    if (driver_find(drv->name, drv->bus)) {
        pr_err("Error: Driver '%s' is already registered, aborting...\n", drv->name);
        return -EBUSY;
    }
    if (int error = bus_add_driver(drv))
        return error;
    on_failure gone([drv] { bus_remove_driver(drv); });
    if (int error = sysfs_create_groups(&drv->p->kobj, drv->groups))
        return error;
    gone.dismiss();
    owned_note(owned_driver, drv);
    kobject_uevent(&drv->p->kobj, KOBJ_ADD);
    return 0;
}
EXPORT_SYMBOL_GPL(driver_register);

void driver_unregister(device_driver *drv) {
    if (WARN(!drv || !drv->p, "Unexpected driver unregister!\n"))
        return;
    owned_strike(drv);
    sysfs_remove_groups(&drv->p->kobj, drv->groups);
    bus_remove_driver(drv);
}
EXPORT_SYMBOL_GPL(driver_unregister);

// Buses

static const kobj_type bus_ktype = {.release = subsys_folder_release,
                                    .sysfs_ops = &typed_attributes<bus_attribute, subject_of<bus_type>>::ops};

int bus_create_file(bus_type *bus, bus_attribute *attr) {
    return is_registered(bus) ? sysfs_create_file(bus->p->subsys_kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_create_file);

void bus_remove_file(bus_type *bus, bus_attribute *attr) {
    if (is_registered(bus))
        sysfs_remove_file(bus->p->subsys_kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(bus_remove_file);

static const attribute *const bus_files[] = {&bus_attr_uevent.attr, &bus_attr_drivers_probe.attr,
                                             &bus_attr_drivers_autoprobe.attr, nullptr};

static const char *name_of_bus(const void *object, char *, size_t) {
    return static_cast<const bus_type *>(object)->name;
}
static const owned_kind owned_bus = {"bus %s still registered", name_of_bus};

int bus_register(bus_type *bus) {
    result<subsys_private *> p = subsys_alloc(bus->name, bus_ktype, bus, bus_kobj);

    if (!p)
        return p.error();
    subsys_private &subsys = **p;
    on_failure nothing([&] { subsys_free(*p); });
    subsys.bus = bus;
    subsys.devices_kobj = kobject_create_and_add("devices", subsys.subsys_kobj);
    subsys.drivers_kobj = kobject_create_and_add("drivers", subsys.subsys_kobj);
    if (!subsys.devices_kobj || !subsys.drivers_kobj)
        return -ENOMEM;
    if (int error = sysfs_create_files(subsys.subsys_kobj, bus_files))
        return error;
    if (int error = sysfs_create_groups(subsys.subsys_kobj, bus->bus_groups))
        return error;
    nothing.dismiss();
    bus->p = &subsys;
    owned_note(owned_bus, bus);
    return 0;
}
EXPORT_SYMBOL_GPL(bus_register);

void bus_unregister(bus_type *bus) {
    owned_strike(bus);
    sysfs_remove_groups(bus->p->subsys_kobj, bus->bus_groups);
    sysfs_remove_files(bus->p->subsys_kobj, bus_files);
    subsys_free(bus->p);
    bus->p = nullptr;
}
EXPORT_SYMBOL_GPL(bus_unregister);

int buses_init() {
    bus_kobj = kobject_create_and_add("bus", nullptr);
    return bus_kobj ? 0 : -ENOMEM;
}

void driver_init(void) {
    for (int (*part)() : these(devices_init, buses_init, classes_init, platform_bus_init, cpu_dev_init))
        if (part())
            panic("driver core: no memory\n");
}
