/* SPDX-License-Identifier: Apache-2.0 */
/* Drivers (Linux 6.1, include/linux/device/driver.h). */
#ifndef _DEVICE_DRIVER_H_
#define _DEVICE_DRIVER_H_

#include <linux/device/bus.h>
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/pm.h>

struct driver_private;
struct of_device_id;
struct acpi_device_id;

enum probe_type {
	PROBE_DEFAULT_STRATEGY,
	PROBE_PREFER_ASYNCHRONOUS,
	PROBE_FORCE_SYNCHRONOUS,
};

struct device_driver {
	const char *name;
	struct bus_type *bus;
	struct module *owner;
	const char *mod_name;
	bool suppress_bind_attrs;
	enum probe_type probe_type;
	const struct of_device_id *of_match_table;
	const struct acpi_device_id *acpi_match_table;
	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	int (*suspend)(struct device *dev, pm_message_t state);
	int (*resume)(struct device *dev);
	const struct attribute_group **groups;
	const struct attribute_group **dev_groups;
	const struct dev_pm_ops *pm;
	struct driver_private *p;
};

struct driver_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device_driver *driver, char *buf);
	ssize_t (*store)(struct device_driver *driver, const char *buf, size_t count);
};

#define DRIVER_ATTR_RW(_name) struct driver_attribute driver_attr_##_name = __ATTR_RW(_name)
#define DRIVER_ATTR_RO(_name) struct driver_attribute driver_attr_##_name = __ATTR_RO(_name)
#define DRIVER_ATTR_WO(_name) struct driver_attribute driver_attr_##_name = __ATTR_WO(_name)

__BEGIN_DECLS

/* Registering probes every matching device before it returns. -EBUSY: the name is taken. May sleep. */
int __must_check driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);
struct device_driver *driver_find(const char *name, struct bus_type *bus);
int __must_check driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
					int (*fn)(struct device *dev, void *));
struct device *driver_find_device(struct device_driver *drv, struct device *start, const void *data,
				  int (*match)(struct device *dev, const void *data));
int __must_check driver_create_file(struct device_driver *driver, const struct driver_attribute *attr);
void driver_remove_file(struct device_driver *driver, const struct driver_attribute *attr);
#define driver_find_device_by_name(drv, name)	   driver_find_device(drv, NULL, name, device_match_name)
#define driver_find_device_by_of_node(drv, np)	   driver_find_device(drv, NULL, np, device_match_of_node)
#define driver_find_device_by_fwnode(drv, fwnode)  driver_find_device(drv, NULL, fwnode, device_match_fwnode)
#define driver_find_next_device(drv, start)	   driver_find_device(drv, start, NULL, device_match_any)
/* Waits until no probe is under way, deferred ones included. */
void wait_for_device_probe(void);
int driver_deferred_probe_check_state(struct device *dev);
/* Buses, the platform bus and their /sys folders. Once at boot. */
void driver_init(void);

__END_DECLS

/* module_init and module_exit of a driver that does nothing else in them: `enter` and `leave` are what they do. */
#define __module_ends(name, enter, leave)                                                                              \
	static int __init name##_init(void)                                                                            \
	{                                                                                                              \
		return enter;                                                                                          \
	}                                                                                                              \
	static void __exit name##_exit(void)                                                                           \
	{                                                                                                              \
		leave;                                                                                                 \
	}                                                                                                              \
	module_init(name##_init);                                                                                      \
	module_exit(name##_exit)
#define module_driver(__driver, __register, __unregister, ...)                                                         \
	__module_ends(__driver, __register(&(__driver), ##__VA_ARGS__), __unregister(&(__driver), ##__VA_ARGS__))

#define builtin_driver(__driver, __register, ...)                                                                      \
	static int __init __driver##_init(void)                                                                        \
	{                                                                                                              \
		return __register(&(__driver), ##__VA_ARGS__);                                                         \
	}                                                                                                              \
	device_initcall(__driver##_init)

#endif
