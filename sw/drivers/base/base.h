// SPDX-License-Identifier: Apache-2.0
// What the files of drivers/base share.
#ifndef DRIVERS_BASE_BASE_H
#define DRIVERS_BASE_BASE_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/notifier.h>

#include "kernel/module/owned.h"
#include "lib/live_list.h"
#include "lib/result.h"

// A registered bus or class: its members and its folders in /sys.
struct subsys_private {
    live_lists members;   // the lists of devices, of drivers, and of each driver's devices
    list_head devices;    // device.bus_node or device.class_node
    list_head drivers;    // driver_private.bus_node
    list_head interfaces; // class_interface.node, under `interfaces_lock`
    mutex interfaces_lock;
    blocking_notifier_head notifier;
    bus_type *bus;
    kobject *subsys_kobj;  // /sys/bus/NAME or /sys/class/NAME
    kobject *devices_kobj; // /sys/bus/NAME/devices or /sys/devices/virtual/NAME
    kobject *drivers_kobj; // /sys/bus/NAME/drivers
    bool drivers_autoprobe;
};

// A registered driver.
struct driver_private {
    kobject kobj; // /sys/bus/BUS/drivers/NAME
    list_head bus_node;
    list_head devices; // device.driver_node, of those that it is bound to
    device_driver *driver;
};

// What live_walk does with the members of the lists above.
inline void keep(device &dev) {
    get_device(&dev);
}
inline void drop(device &dev) {
    put_device(&dev);
}
inline void keep(driver_private &priv) {
    kobject_get(&priv.kobj);
}
inline void drop(driver_private &priv) {
    kobject_put(&priv.kobj);
}

// A reference for the length of a scope, and the device's lock for the length of a scope.
class device_kept {
public:
    explicit device_kept(device &dev)
        : dev_(dev) {
        get_device(&dev_);
    }
    ~device_kept() { put_device(&dev_); }
    device_kept(const device_kept &) = delete;
    device_kept &operator=(const device_kept &) = delete;

private:
    device &dev_;
};
using device_locked = hold<mutex>;

// Where a device stands between device_initialize and its end (device.registration). Only a present one is probed.
enum registration : unsigned char { DEVICE_ABSENT, DEVICE_PRESENT, DEVICE_LEAVING };

// A folder in /sys whose attributes are those of a bus or a class.
struct subsys_folder {
    kobject kobj;
    void *subject;
};
template <typename Subject>
Subject *subject_of(kobject *kobj) {
    return static_cast<Subject *>(container_of(kobj, subsys_folder, kobj)->subject);
}

// Memory for a subsystem with its folder: parent/NAME, whose attributes `type` gives `subject` to.
result<subsys_private *> subsys_alloc(const char *name, const kobj_type &type, void *subject, kobject *parent);
void subsys_free(subsys_private *p);
void subsys_folder_release(kobject *kobj);

// core.cpp
int devices_init();
kobject *devices_root(); // /sys/devices
kobject *virtual_device_parent(__struct_class *cls);
void device_join_family(device *dev); // of its parent
void device_leave_family(device *dev);

// place.cpp: the object in /sys that a device stands below if it has this parent; null: /sys/devices itself; or an
// error. Each one that is entered is left.
kobject *device_enter_place(device *dev, device *parent);
void device_leave_place(device *dev, device *parent);

// bus.cpp
int bus_add_device(device *dev);
void bus_remove_device(device *dev);
void bus_probe_device(device *dev);
int bus_add_driver(device_driver *drv);
void bus_remove_driver(device_driver *drv);
void bus_notify(device *dev, unsigned long event);
extern const owned_kind owned_driver;
int buses_init();

// class.cpp
int class_add_device(device *dev);
void class_remove_device(device *dev);
int class_rename_device(device *dev, const char *old_name, const char *new_name); // -EEXIST: it has one of that name
void class_retarget_device(device *dev); // its links say where the device and its parent stand now
int classes_init();

// cpu.cpp, platform.cpp
int platform_bus_init();
int cpu_dev_init();
kobject *cpus_root(); // /sys/devices/system/cpu

// dd.cpp
void driver_detach(device_driver *drv);
int device_driver_attach(device_driver *drv, device *dev);
void device_initial_probe(device *dev);
void driver_deferred_probe_del(device *dev);

// devres.cpp
void devres_init(device *dev);

// wakeup.cpp: power/wakeup of a device that can wake the system.
int wakeup_sysfs_add(device *dev);
void wakeup_sysfs_remove(device *dev);

#endif
