/* SPDX-License-Identifier: Apache-2.0 */
/* Buses: what matches devices with drivers (Linux 6.1, include/linux/device/bus.h). */
#ifndef _DEVICE_BUS_H_
#define _DEVICE_BUS_H_

#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/pm.h>
#include <linux/sysfs.h>

struct device_driver;
struct device;
struct device_node;
struct fwnode_handle;
struct notifier_block;
struct subsys_private;
struct bus_type;

struct bus_attribute {
	struct attribute attr;
	ssize_t (*show)(struct bus_type *bus, char *buf);
	ssize_t (*store)(struct bus_type *bus, const char *buf, size_t count);
};

#define BUS_ATTR_RW(_name) struct bus_attribute bus_attr_##_name = __ATTR_RW(_name)
#define BUS_ATTR_RO(_name) struct bus_attribute bus_attr_##_name = __ATTR_RO(_name)
#define BUS_ATTR_WO(_name) struct bus_attribute bus_attr_##_name = __ATTR_WO(_name)

/* probe and remove, where given, stand in for the driver's own. */
struct bus_type {
	const char *name;
	const char *dev_name;
	struct device *dev_root;
	const struct attribute_group **bus_groups;
	const struct attribute_group **dev_groups;
	const struct attribute_group **drv_groups;

	int (*match)(struct device *dev, struct device_driver *drv);
	int (*uevent)(struct device *dev, struct kobj_uevent_env *env);
	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
	void (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	int (*suspend)(struct device *dev, pm_message_t state);
	int (*resume)(struct device *dev);
	const struct dev_pm_ops *pm;
	struct subsys_private *p;
};

#define BUS_NOTIFY_ADD_DEVICE	     0x00000001
#define BUS_NOTIFY_DEL_DEVICE	     0x00000002
#define BUS_NOTIFY_REMOVED_DEVICE    0x00000003
#define BUS_NOTIFY_BIND_DRIVER	     0x00000004
#define BUS_NOTIFY_BOUND_DRIVER	     0x00000005
#define BUS_NOTIFY_UNBIND_DRIVER     0x00000006
#define BUS_NOTIFY_UNBOUND_DRIVER    0x00000007
#define BUS_NOTIFY_DRIVER_NOT_BOUND  0x00000008

__BEGIN_DECLS

/* All may sleep. */
int __must_check bus_register(struct bus_type *bus);
void bus_unregister(struct bus_type *bus);
int __must_check bus_create_file(struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr);
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data, int (*fn)(struct device *dev, void *data));
struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *, void *));
int __must_check bus_rescan_devices(struct bus_type *bus);
int bus_register_notifier(struct bus_type *bus, struct notifier_block *nb);
int bus_unregister_notifier(struct bus_type *bus, struct notifier_block *nb);

int device_match_name(struct device *dev, const void *name);
int device_match_of_node(struct device *dev, const void *np);
int device_match_fwnode(struct device *dev, const void *fwnode);
int device_match_devt(struct device *dev, const void *pdevt);
int device_match_any(struct device *dev, const void *unused);

__END_DECLS

/* Searches of a bus's devices, by what a device is known by. */
static inline struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start, const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}
#define bus_find_device_by_of_node(bus, np)	 bus_find_device(bus, NULL, np, device_match_of_node)
#define bus_find_device_by_fwnode(bus, fwnode)	 bus_find_device(bus, NULL, fwnode, device_match_fwnode)
#define bus_find_next_device(bus, current_device) bus_find_device(bus, current_device, NULL, device_match_any)

static inline struct device *bus_find_device_by_devt(struct bus_type *bus, dev_t devt)
{
	return bus_find_device(bus, NULL, &devt, device_match_devt);
}

#endif
