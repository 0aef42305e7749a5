// SPDX-License-Identifier: Apache-2.0
// Classes, and devices that are made for them.
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

static kobject *class_kobj; // /sys/class

namespace {

// /sys/class/NAME, whose attributes get the class.
struct class_dir {
    kobject kobj;
    class_ *cls;
};

ssize_t class_attr_show(kobject *kobj, attribute *attr, char *buf) {
    class_attribute *class_attr = container_of(attr, class_attribute, attr);

    return class_attr->show ? class_attr->show(container_of(kobj, class_dir, kobj)->cls, class_attr, buf) : -EIO;
}

ssize_t class_attr_store(kobject *kobj, attribute *attr, const char *buf, size_t count) {
    class_attribute *class_attr = container_of(attr, class_attribute, attr);

    return class_attr->store ? class_attr->store(container_of(kobj, class_dir, kobj)->cls, class_attr, buf, count)
                             : -EIO;
}

void class_dir_release(kobject *kobj) {
    kfree(container_of(kobj, class_dir, kobj));
}

const sysfs_ops class_sysfs_ops = {.show = class_attr_show, .store = class_attr_store};
const kobj_type class_ktype = {.release = class_dir_release, .sysfs_ops = &class_sysfs_ops};

int add_class_dir(subsys_private *p, class_ *cls) {
    auto *dir = static_cast<class_dir *>(kzalloc(sizeof(class_dir), GFP_KERNEL));

    if (!dir)
        return -ENOMEM;
    dir->cls = cls;
    p->subsys_kobj = &dir->kobj;
    return kobject_init_and_add(&dir->kobj, &class_ktype, class_kobj, "%s", cls->name);
}

} // namespace

int __class_register(class_ *cls, lock_class_key *) {
    subsys_private *p = subsys_alloc();

    if (!p)
        return -ENOMEM;
    int error = add_class_dir(p, cls);
    if (error) {
        subsys_free(p);
        return error;
    }
    error = cls->class_groups ? sysfs_create_groups(p->subsys_kobj, cls->class_groups) : 0;
    if (error) {
        subsys_free(p);
        return error;
    }
    cls->p = p;
    return 0;
}
EXPORT_SYMBOL_GPL(__class_register);

void class_unregister(class_ *cls) {
    if (cls->class_groups)
        sysfs_remove_groups(cls->p->subsys_kobj, cls->class_groups);
    subsys_free(cls->p);
    cls->p = nullptr;
    if (cls->class_release)
        cls->class_release(cls);
}
EXPORT_SYMBOL_GPL(class_unregister);

static void class_create_release(class_ *cls) {
    kfree(cls);
}

class_ *__class_create(module *owner, const char *name, lock_class_key *key) {
    auto *cls = static_cast<class_ *>(kzalloc(sizeof(class_), GFP_KERNEL));

    if (!cls)
        return static_cast<class_ *>(ERR_PTR(-ENOMEM));
    cls->name = name;
    cls->owner = owner;
    cls->class_release = class_create_release;
    int error = __class_register(cls, key);
    if (error) {
        kfree(cls);
        return static_cast<class_ *>(ERR_PTR(error));
    }
    return cls;
}
EXPORT_SYMBOL_GPL(__class_create);

void class_destroy(class_ *cls) {
    if (!IS_ERR_OR_NULL(cls))
        class_unregister(cls);
}
EXPORT_SYMBOL_GPL(class_destroy);

int class_create_file_ns(class_ *cls, const class_attribute *attr, const void *) {
    return cls ? sysfs_create_file(cls->p->subsys_kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(class_create_file_ns);

void class_remove_file_ns(class_ *cls, const class_attribute *attr, const void *) {
    if (cls)
        sysfs_remove_file(cls->p->subsys_kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(class_remove_file_ns);

int class_for_each_device(class_ *cls, device *start, void *data, int (*fn)(device *, void *)) {
    device_snapshot devices(&cls->p->lock, &cls->p->devices, device_of_class_node);
    unsigned int i = 0;
    int error = 0;

    while (start && i < devices.size() && devices[i++] != start)
        ;
    for (; i < devices.size() && !error; i++)
        error = fn(devices[i], data);
    return error;
}
EXPORT_SYMBOL_GPL(class_for_each_device);

device *class_find_device(class_ *cls, device *start, const void *data, int (*match)(device *, const void *)) {
    device_snapshot devices(&cls->p->lock, &cls->p->devices, device_of_class_node);
    unsigned int i = 0;

    while (start && i < devices.size() && devices[i++] != start)
        ;
    for (; i < devices.size(); i++) {
        if (match(devices[i], data))
            return get_device(devices[i]);
    }
    return nullptr;
}
EXPORT_SYMBOL_GPL(class_find_device);

static void device_create_release(device *dev) {
    kfree(dev);
}

static device *create_vargs(class_ *cls, device *parent, dev_t devt, void *drvdata, const attribute_group **groups,
                            const char *fmt, va_list args) {
    if (IS_ERR_OR_NULL(cls))
        return static_cast<device *>(ERR_PTR(-ENODEV));
    auto *dev = static_cast<device *>(kzalloc(sizeof(device), GFP_KERNEL));
    if (!dev)
        return static_cast<device *>(ERR_PTR(-ENOMEM));
    device_initialize(dev);
    dev->devt = devt;
    dev->class_ = cls;
    dev->parent = parent;
    dev->groups = groups;
    dev->release = device_create_release;
    dev_set_drvdata(dev, drvdata);
    int error = kobject_set_name_vargs(&dev->kobj, fmt, args);
    if (!error)
        error = device_add(dev);
    if (error) {
        put_device(dev);
        return static_cast<device *>(ERR_PTR(error));
    }
    return dev;
}

device *device_create(class_ *cls, device *parent, dev_t devt, void *drvdata, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    device *dev = create_vargs(cls, parent, devt, drvdata, nullptr, fmt, args);
    va_end(args);
    return dev;
}
EXPORT_SYMBOL_GPL(device_create);

device *device_create_with_groups(class_ *cls, device *parent, dev_t devt, void *drvdata,
                                  const attribute_group **groups, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    device *dev = create_vargs(cls, parent, devt, drvdata, groups, fmt, args);
    va_end(args);
    return dev;
}
EXPORT_SYMBOL_GPL(device_create_with_groups);

void device_destroy(class_ *cls, dev_t devt) {
    device *dev = class_find_device(cls, nullptr, &devt, device_match_devt);

    if (dev) {
        put_device(dev);
        device_unregister(dev);
    }
}
EXPORT_SYMBOL_GPL(device_destroy);

int classes_init() {
    class_kobj = kobject_create_and_add("class", nullptr);
    return class_kobj ? 0 : -ENOMEM;
}
