/* SPDX-License-Identifier: Apache-2.0 */
/* Classes: devices of one kind under /sys/class (Linux 6.1, include/linux/device/class.h). C++ spells the tag class_. */
#ifndef _DEVICE_CLASS_H_
#define _DEVICE_CLASS_H_

#include <linux/device/bus.h>
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/pm.h>
#include <linux/sysfs.h>

#ifdef __cplusplus
#define __struct_class struct class_
#define __class_member class_
#else
#define __struct_class struct class
#define __class_member class
#endif

struct device;
struct module;
struct device_node;
struct fwnode_handle;
struct device_type;

__struct_class {
	const char *name;
	struct module *owner;
	const struct attribute_group **class_groups;
	const struct attribute_group **dev_groups;
	struct kobject *dev_kobj;
	int (*dev_uevent)(struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(struct device *dev, umode_t *mode);
	void (*class_release)(__struct_class *cls);
	void (*dev_release)(struct device *dev);
	int (*shutdown_pre)(struct device *dev);
	const struct dev_pm_ops *pm;
	struct subsys_private *p;
};

struct lock_class_key;

struct class_attribute {
	struct attribute attr;
	ssize_t (*show)(__struct_class *cls, struct class_attribute *attr, char *buf);
	ssize_t (*store)(__struct_class *cls, struct class_attribute *attr, const char *buf, size_t count);
};

/* A walk over a class's devices, those of `type` only if it is given. The fields are the core's. */
struct class_dev_iter {
	__struct_class *cls;
	struct device *at;
	const struct device_type *type;
};

/* Called for each device of a class: for those that are there and for those that come, until it is unregistered. */
struct class_interface {
	struct list_head node;
	__struct_class *__class_member;
	int (*add_dev)(struct device *dev, struct class_interface *intf);
	void (*remove_dev)(struct device *dev, struct class_interface *intf);
};

#define CLASS_ATTR_RW(_name) struct class_attribute class_attr_##_name = __ATTR_RW(_name)
#define CLASS_ATTR_RO(_name) struct class_attribute class_attr_##_name = __ATTR_RO(_name)
#define CLASS_ATTR_WO(_name) struct class_attribute class_attr_##_name = __ATTR_WO(_name)

__BEGIN_DECLS

/* ERR_PTR(-ENOMEM), ERR_PTR(-EEXIST). May sleep. */
__struct_class *__must_check __class_create(struct module *owner, const char *name, struct lock_class_key *key);
void class_destroy(__struct_class *cls);
int __must_check __class_register(__struct_class *cls, struct lock_class_key *key);
void class_unregister(__struct_class *cls);
int __must_check class_create_file_ns(__struct_class *cls, const struct class_attribute *attr, const void *ns);
void class_remove_file_ns(__struct_class *cls, const struct class_attribute *attr, const void *ns);
int class_for_each_device(__struct_class *cls, struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data));
struct device *class_find_device(__struct_class *cls, struct device *start, const void *data,
				 int (*match)(struct device *, const void *));

void class_dev_iter_init(struct class_dev_iter *iter, __struct_class *cls, struct device *start,
			 const struct device_type *type);
/* The next device, with a reference that lasts until the next call; NULL at the end. */
struct device *class_dev_iter_next(struct class_dev_iter *iter);
void class_dev_iter_exit(struct class_dev_iter *iter);

int __must_check class_interface_register(struct class_interface *intf);
void class_interface_unregister(struct class_interface *intf);

__END_DECLS

/* Searches of a class's devices, by what a device is known by; device_match_* are in linux/device/bus.h. */
#define class_find_device_by_name(cls, name)	 class_find_device(cls, NULL, name, device_match_name)
#define class_find_device_by_of_node(cls, np)	 class_find_device(cls, NULL, np, device_match_of_node)
#define class_find_device_by_fwnode(cls, fwnode) class_find_device(cls, NULL, fwnode, device_match_fwnode)

static inline struct device *class_find_device_by_devt(__struct_class *cls, dev_t devt)
{
	return class_find_device(cls, NULL, &devt, device_match_devt);
}

/* Two arguments: Linux before 6.4. */
#define class_create(owner, name) __class_create(owner, name, NULL)
#define class_register(cls)	  __class_register(cls, NULL)

static inline int __must_check class_create_file(__struct_class *cls, const struct class_attribute *attr)
{
	return class_create_file_ns(cls, attr, NULL);
}

static inline void class_remove_file(__struct_class *cls, const struct class_attribute *attr)
{
	class_remove_file_ns(cls, attr, NULL);
}

#endif
