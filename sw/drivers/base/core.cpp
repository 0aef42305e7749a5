// SPDX-License-Identifier: Apache-2.0
// Devices: their life, their place in /sys, their attributes, and messages about them.
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fwnode.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/fs/devtmpfs.h"

static kobject *devices_kobj; // /sys/devices
static kobject *virtual_kobj; // /sys/devices/virtual
static DEFINE_MUTEX(children_lock);

const char *dev_driver_string(const device *dev) {
    device_driver *drv = READ_ONCE(dev->driver);

    return drv ? drv->name : dev_bus_name(dev);
}
EXPORT_SYMBOL(dev_driver_string);

// Attributes

static ssize_t dev_attr_show(kobject *kobj, attribute *attr, char *buf) {
    device_attribute *dev_attr = container_of(attr, device_attribute, attr);

    return dev_attr->show ? dev_attr->show(kobj_to_dev(kobj), dev_attr, buf) : -EIO;
}

static ssize_t dev_attr_store(kobject *kobj, attribute *attr, const char *buf, size_t count) {
    device_attribute *dev_attr = container_of(attr, device_attribute, attr);

    return dev_attr->store ? dev_attr->store(kobj_to_dev(kobj), dev_attr, buf, count) : -EIO;
}

static const sysfs_ops dev_sysfs_ops = {.show = dev_attr_show, .store = dev_attr_store};

ssize_t device_show_int(device *, device_attribute *attr, char *buf) {
    dev_ext_attribute *ea = container_of(attr, dev_ext_attribute, attr);

    return sysfs_emit(buf, "%d\n", *static_cast<int *>(ea->var));
}
EXPORT_SYMBOL_GPL(device_show_int);

ssize_t device_store_int(device *, device_attribute *attr, const char *buf, size_t count) {
    dev_ext_attribute *ea = container_of(attr, dev_ext_attribute, attr);
    int value;
    int ret = kstrtoint(buf, 0, &value);

    if (ret)
        return ret;
    *static_cast<int *>(ea->var) = value;
    return count;
}
EXPORT_SYMBOL_GPL(device_store_int);

int device_create_file(device *dev, const device_attribute *attr) {
    return dev ? sysfs_create_file(&dev->kobj, &attr->attr) : 0;
}
EXPORT_SYMBOL_GPL(device_create_file);

void device_remove_file(device *dev, const device_attribute *attr) {
    if (dev)
        sysfs_remove_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file);

int device_add_groups(device *dev, const attribute_group **groups) {
    return sysfs_create_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_add_groups);

void device_remove_groups(device *dev, const attribute_group **groups) {
    sysfs_remove_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_remove_groups);

namespace {

struct group_devres {
    device *dev;
    const attribute_group **groups;
    const attribute_group *single[2];
};

void remove_groups_action(device *dev, void *res) {
    sysfs_remove_groups(&dev->kobj, static_cast<group_devres *>(res)->groups);
}

int add_groups_managed(device *dev, const attribute_group **groups, const attribute_group *single) {
    auto *dr = static_cast<group_devres *>(devres_alloc(remove_groups_action, sizeof(group_devres), GFP_KERNEL));

    if (!dr)
        return -ENOMEM;
    dr->single[0] = single;
    dr->groups = groups ? groups : dr->single;
    int error = sysfs_create_groups(&dev->kobj, dr->groups);
    if (error) {
        devres_free(dr);
        return error;
    }
    devres_add(dev, dr);
    return 0;
}

} // namespace

int devm_device_add_group(device *dev, const attribute_group *grp) {
    return add_groups_managed(dev, nullptr, grp);
}
EXPORT_SYMBOL_GPL(devm_device_add_group);

int devm_device_add_groups(device *dev, const attribute_group **groups) {
    return groups ? add_groups_managed(dev, groups, nullptr) : 0;
}
EXPORT_SYMBOL_GPL(devm_device_add_groups);

static ssize_t dev_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u:%u\n", MAJOR(dev->devt), MINOR(dev->devt));
}
static DEVICE_ATTR_RO(dev);

// Life

static void device_release(kobject *kobj) {
    device *dev = kobj_to_dev(kobj);

    // Resources that were taken without a driver go now.
    devres_release_all(dev);
    kfree(dev->deferred_reason);
    if (dev->release)
        dev->release(dev);
    else if (dev->type && dev->type->release)
        dev->type->release(dev);
    else if (dev->class_ && dev->class_->dev_release)
        dev->class_->dev_release(dev);
    else
        WARN(1, KERN_ERR "Device '%s' does not have a release() function, it is broken and must be fixed.\n",
             dev_name(dev));
}

static const kobj_type device_ktype = {.release = device_release, .sysfs_ops = &dev_sysfs_ops};

void device_initialize(device *dev) {
    kobject_init(&dev->kobj, &device_ktype);
    mutex_init(&dev->mutex);
    INIT_LIST_HEAD(&dev->bus_node);
    INIT_LIST_HEAD(&dev->driver_node);
    INIT_LIST_HEAD(&dev->class_node);
    INIT_LIST_HEAD(&dev->children);
    INIT_LIST_HEAD(&dev->sibling_node);
    INIT_LIST_HEAD(&dev->deferred_node);
    devres_init(dev);
}
EXPORT_SYMBOL_GPL(device_initialize);

int dev_set_name(device *dev, const char *fmt, ...) {
    va_list vargs;

    va_start(vargs, fmt);
    int err = kobject_set_name_vargs(&dev->kobj, fmt, vargs);
    va_end(vargs);
    return err;
}
EXPORT_SYMBOL_GPL(dev_set_name);

device *get_device(device *dev) {
    return dev ? kobj_to_dev(kobject_get(&dev->kobj)) : nullptr;
}
EXPORT_SYMBOL_GPL(get_device);

void put_device(device *dev) {
    if (dev)
        kobject_put(&dev->kobj);
}
EXPORT_SYMBOL_GPL(put_device);

static int add_to_class(device *dev) {
    if (!dev->class_)
        return 0;
    subsys_private *p = dev->class_->p;
    mutex_lock(&p->lock);
    list_add_tail(&dev->class_node, &p->devices);
    mutex_unlock(&p->lock);
    // Devices below another one are seen in their class by a link.
    return sysfs_create_link(p->subsys_kobj, &dev->kobj, dev_name(dev));
}

static void remove_from_class(device *dev) {
    if (!dev->class_)
        return;
    subsys_private *p = dev->class_->p;
    mutex_lock(&p->lock);
    list_del_init(&dev->class_node);
    mutex_unlock(&p->lock);
    sysfs_remove_link(p->subsys_kobj, dev_name(dev));
}

static int add_attributes(device *dev) {
    int error = 0;

    if (dev->class_ && dev->class_->dev_groups)
        error = sysfs_create_groups(&dev->kobj, dev->class_->dev_groups);
    if (!error && dev->type && dev->type->groups)
        error = sysfs_create_groups(&dev->kobj, dev->type->groups);
    if (!error && dev->groups)
        error = sysfs_create_groups(&dev->kobj, dev->groups);
    if (!error && MAJOR(dev->devt))
        error = device_create_file(dev, &dev_attr_dev);
    return error;
}

static void remove_attributes(device *dev) {
    if (MAJOR(dev->devt))
        device_remove_file(dev, &dev_attr_dev);
    if (dev->groups)
        sysfs_remove_groups(&dev->kobj, dev->groups);
    if (dev->type && dev->type->groups)
        sysfs_remove_groups(&dev->kobj, dev->type->groups);
    if (dev->class_ && dev->class_->dev_groups)
        sysfs_remove_groups(&dev->kobj, dev->class_->dev_groups);
}

static kobject *place_in_sysfs(device *dev) {
    if (dev->parent)
        return &dev->parent->kobj;
    return dev->class_ ? virtual_device_parent(dev->class_) : devices_kobj;
}

int device_add(device *dev) {
    if (!get_device(dev))
        return -EINVAL;
    if (dev->init_name) {
        dev_set_name(dev, "%s", dev->init_name);
        dev->init_name = nullptr;
    }
    if (!dev_name(dev) && dev->bus && dev->bus->dev_name)
        dev_set_name(dev, "%s%u", dev->bus->dev_name, dev->id);
    int error = -EINVAL;
    device *parent = get_device(dev->parent);
    if (!dev_name(dev))
        goto put;

    error = kobject_add(&dev->kobj, place_in_sysfs(dev), nullptr);
    if (error)
        goto put;
    error = add_attributes(dev);
    if (error)
        goto del_kobj;
    error = add_to_class(dev);
    if (error)
        goto del_attributes;
    error = bus_add_device(dev);
    if (error)
        goto del_class;
    if (MAJOR(dev->devt))
        devtmpfs_create_node(dev);
    if (dev->fwnode && !dev->fwnode->dev)
        dev->fwnode->dev = dev;
    if (parent) {
        mutex_lock(&children_lock);
        list_add_tail(&dev->sibling_node, &parent->children);
        mutex_unlock(&children_lock);
    }
    bus_notify(dev, BUS_NOTIFY_ADD_DEVICE);
    kobject_uevent(&dev->kobj, KOBJ_ADD);
    bus_probe_device(dev);
    put_device(dev);
    return 0;

del_class:
    remove_from_class(dev);
del_attributes:
    remove_attributes(dev);
del_kobj:
    kobject_del(&dev->kobj);
put:
    put_device(parent);
    put_device(dev);
    return error;
}
EXPORT_SYMBOL_GPL(device_add);

void device_del(device *dev) {
    device *parent = dev->parent;

    device_lock(dev);
    dev->dead = true;
    device_unlock(dev);
    if (dev->fwnode && dev->fwnode->dev == dev)
        dev->fwnode->dev = nullptr;
    bus_notify(dev, BUS_NOTIFY_DEL_DEVICE);
    if (parent) {
        mutex_lock(&children_lock);
        list_del_init(&dev->sibling_node);
        mutex_unlock(&children_lock);
    }
    if (MAJOR(dev->devt))
        devtmpfs_delete_node(dev);
    remove_from_class(dev);
    driver_deferred_probe_del(dev);
    bus_remove_device(dev);
    remove_attributes(dev);
    bus_notify(dev, BUS_NOTIFY_REMOVED_DEVICE);
    kobject_uevent(&dev->kobj, KOBJ_REMOVE);
    kobject_del(&dev->kobj);
    device_remove_software_node(dev);
    put_device(parent);
}
EXPORT_SYMBOL_GPL(device_del);

int device_register(device *dev) {
    device_initialize(dev);
    return device_add(dev);
}
EXPORT_SYMBOL_GPL(device_register);

void device_unregister(device *dev) {
    device_del(dev);
    put_device(dev);
}
EXPORT_SYMBOL_GPL(device_unregister);

// Relatives

device *device_of_bus_node(list_head *node) {
    return container_of(node, device, bus_node);
}
device *device_of_class_node(list_head *node) {
    return container_of(node, device, class_node);
}
device *device_of_sibling_node(list_head *node) {
    return container_of(node, device, sibling_node);
}
device *device_of_driver_node(list_head *node) {
    return container_of(node, device, driver_node);
}

device_snapshot::device_snapshot(mutex *lock, list_head *list, next_fn to_device) {
    unsigned int room = 0;
    list_head *node;

    mutex_lock(lock);
    list_for_each (node, list)
        room++;
    if (room)
        devices_ = static_cast<device **>(kmalloc_array(room, sizeof(device *), GFP_KERNEL));
    if (devices_) {
        list_for_each (node, list)
            devices_[count_++] = get_device(to_device(node));
    }
    mutex_unlock(lock);
}

device_snapshot::~device_snapshot() {
    for (unsigned int i = 0; i < count_; i++)
        put_device(devices_[i]);
    kfree(devices_);
}

int device_for_each_child(device *parent, void *data, int (*fn)(device *dev, void *data)) {
    device_snapshot children(&children_lock, &parent->children, device_of_sibling_node);
    int error = 0;

    for (unsigned int i = 0; i < children.size() && !error; i++)
        error = fn(children[i], data);
    return error;
}
EXPORT_SYMBOL_GPL(device_for_each_child);

int device_for_each_child_reverse(device *parent, void *data, int (*fn)(device *dev, void *data)) {
    device_snapshot children(&children_lock, &parent->children, device_of_sibling_node);
    int error = 0;

    for (unsigned int i = children.size(); i > 0 && !error; i--)
        error = fn(children[i - 1], data);
    return error;
}
EXPORT_SYMBOL_GPL(device_for_each_child_reverse);

device *device_find_child(device *parent, void *data, int (*match)(device *dev, void *data)) {
    device_snapshot children(&children_lock, &parent->children, device_of_sibling_node);

    for (unsigned int i = 0; i < children.size(); i++) {
        if (match(children[i], data))
            return get_device(children[i]);
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(device_find_child);

int device_match_name(device *dev, const void *name) {
    return sysfs_streq(dev_name(dev), static_cast<const char *>(name));
}
EXPORT_SYMBOL_GPL(device_match_name);

int device_match_of_node(device *dev, const void *np) {
    return dev->of_node == np;
}
EXPORT_SYMBOL_GPL(device_match_of_node);

int device_match_fwnode(device *dev, const void *fwnode) {
    return __dev_fwnode(dev) == fwnode;
}
EXPORT_SYMBOL_GPL(device_match_fwnode);

int device_match_devt(device *dev, const void *pdevt) {
    return dev->devt == *static_cast<const dev_t *>(pdevt);
}
EXPORT_SYMBOL_GPL(device_match_devt);

int device_match_any(device *, const void *) {
    return 1;
}
EXPORT_SYMBOL_GPL(device_match_any);

// Firmware nodes: a device has one from firmware, and perhaps a software node behind it.

void set_primary_fwnode(device *dev, fwnode_handle *fwnode) {
    fwnode_handle *old = dev->fwnode;

    if (fwnode) {
        fwnode_handle *secondary = old && is_software_node(old) ? old : (old ? old->secondary : nullptr);

        if (secondary && secondary != fwnode)
            fwnode->secondary = secondary;
        dev->fwnode = fwnode;
    } else {
        dev->fwnode = old && !is_software_node(old) ? old->secondary : old;
    }
}
EXPORT_SYMBOL_GPL(set_primary_fwnode);

void set_secondary_fwnode(device *dev, fwnode_handle *fwnode) {
    if (dev->fwnode && !is_software_node(dev->fwnode))
        dev->fwnode->secondary = fwnode;
    else
        dev->fwnode = fwnode;
}
EXPORT_SYMBOL_GPL(set_secondary_fwnode);

void device_set_node(device *dev, fwnode_handle *fwnode) {
    dev->fwnode = fwnode;
    dev->of_node = to_of_node(fwnode);
}
EXPORT_SYMBOL_GPL(device_set_node);

void device_set_of_node_from_dev(device *dev, const device *dev2) {
    dev->of_node = dev2->of_node;
    dev->of_node_reused = true;
}
EXPORT_SYMBOL_GPL(device_set_of_node_from_dev);

// Devices without more to them

static void root_device_release(device *dev) {
    kfree(dev);
}

device *root_device_register(const char *name) {
    auto *root = static_cast<device *>(kzalloc(sizeof(device), GFP_KERNEL));

    if (!root)
        return static_cast<device *>(ERR_PTR(-ENOMEM));
    int err = dev_set_name(root, "%s", name);
    if (err) {
        kfree(root);
        return static_cast<device *>(ERR_PTR(err));
    }
    root->release = root_device_release;
    err = device_register(root);
    if (err) {
        put_device(root);
        return static_cast<device *>(ERR_PTR(err));
    }
    return root;
}
EXPORT_SYMBOL_GPL(root_device_register);

void root_device_unregister(device *root) {
    device_unregister(root);
}
EXPORT_SYMBOL_GPL(root_device_unregister);

int devices_init() {
    devices_kobj = kobject_create_and_add("devices", nullptr);
    virtual_kobj = devices_kobj ? kobject_create_and_add("virtual", devices_kobj) : nullptr;
    return virtual_kobj ? 0 : -ENOMEM;
}

kobject *devices_root() {
    return devices_kobj;
}

// /sys/devices/virtual/CLASS, made with the class's first device that has no parent.
kobject *virtual_device_parent(__struct_class *cls) {
    subsys_private *p = cls->p;

    if (!p->devices_kobj)
        p->devices_kobj = kobject_create_and_add(cls->name, virtual_kobj);
    return p->devices_kobj;
}

// Messages

static void __dev_printk(const char *level, const device *dev, va_format *vaf) {
    if (dev)
        printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), vaf);
    else
        printk("%s(NULL device *): %pV", level, vaf);
}

#define DEFINE_DEV_PRINTK(function, level)                                                                             \
    void function(const device *dev, const char *fmt, ...) {                                                           \
        va_list args;                                                                                                  \
        va_start(args, fmt);                                                                                           \
        va_format vaf = {fmt, &args};                                                                                  \
        __dev_printk(level, dev, &vaf);                                                                                \
        va_end(args);                                                                                                  \
    }                                                                                                                  \
    EXPORT_SYMBOL(function)

DEFINE_DEV_PRINTK(_dev_emerg, KERN_EMERG);
DEFINE_DEV_PRINTK(_dev_alert, KERN_ALERT);
DEFINE_DEV_PRINTK(_dev_crit, KERN_CRIT);
DEFINE_DEV_PRINTK(_dev_err, KERN_ERR);
DEFINE_DEV_PRINTK(_dev_warn, KERN_WARNING);
DEFINE_DEV_PRINTK(_dev_notice, KERN_NOTICE);
DEFINE_DEV_PRINTK(_dev_info, KERN_INFO);

void _dev_printk(const char *level, const device *dev, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    va_format vaf = {fmt, &args};
    __dev_printk(level, dev, &vaf);
    va_end(args);
}
EXPORT_SYMBOL(_dev_printk);

int dev_err_probe(const device *dev, int err, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    va_format vaf = {fmt, &args};
    if (err != -EPROBE_DEFER) {
        dev_err(dev, "error %pe: %pV", ERR_PTR(err), &vaf);
    } else {
        device *d = const_cast<device *>(dev);

        kfree(d->deferred_reason);
        d->deferred_reason = kasprintf(GFP_KERNEL, "%s: %pV", dev_driver_string(dev), &vaf);
    }
    va_end(args);
    return err;
}
EXPORT_SYMBOL_GPL(dev_err_probe);
