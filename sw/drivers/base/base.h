// SPDX-License-Identifier: Apache-2.0
// What the files of drivers/base share.
#ifndef DRIVERS_BASE_BASE_H
#define DRIVERS_BASE_BASE_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/notifier.h>

// A registered bus or class: its members and its folders in /sys. `mutex` guards the lists.
struct subsys_private {
    mutex lock;
    list_head devices; // device.bus_node or device.class_node
    list_head drivers; // driver_private.bus_node
    blocking_notifier_head notifier;
    kobject *subsys_kobj;  // /sys/bus/NAME or /sys/class/NAME
    kobject *devices_kobj; // /sys/bus/NAME/devices or /sys/devices/virtual/NAME
    kobject *drivers_kobj; // /sys/bus/NAME/drivers
};

// A registered driver. The mutex of its bus guards the list of its devices.
struct driver_private {
    kobject kobj; // /sys/bus/BUS/drivers/NAME
    list_head bus_node;
    list_head devices; // device.driver_node
    device_driver *driver;
};

subsys_private *subsys_alloc();
void subsys_free(subsys_private *p);

// bus.cpp
int bus_add_device(device *dev);
void bus_remove_device(device *dev);
void bus_probe_device(device *dev);
int bus_add_driver(device_driver *drv);
void bus_remove_driver(device_driver *drv);
void bus_notify(device *dev, unsigned long event);
int buses_init();
int classes_init();
int devices_init();
int platform_bus_init();
int cpu_dev_init();
kobject *cpus_root();    // /sys/devices/system/cpu
kobject *devices_root(); // /sys/devices
kobject *virtual_device_parent(__struct_class *cls);

// dd.cpp
void driver_detach(device_driver *drv);
int device_initial_probe(device *dev);
void driver_deferred_probe_del(device *dev);

// devres.cpp
void devres_init(device *dev);

// References to the devices of a list, taken under its mutex, so that callbacks may add and remove devices and sleep.
class device_snapshot {
public:
    using next_fn = device *(*)(list_head *node);
    device_snapshot(mutex *lock, list_head *list, next_fn to_device);
    ~device_snapshot();
    device_snapshot(const device_snapshot &) = delete;
    device_snapshot &operator=(const device_snapshot &) = delete;
    unsigned int size() const { return count_; }
    device *operator[](unsigned int i) const { return devices_[i]; }

private:
    device **devices_ = nullptr;
    unsigned int count_ = 0;
};

device *device_of_bus_node(list_head *node);
device *device_of_class_node(list_head *node);
device *device_of_sibling_node(list_head *node);
device *device_of_driver_node(list_head *node);

#endif
