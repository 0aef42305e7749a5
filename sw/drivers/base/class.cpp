// SPDX-License-Identifier: Apache-2.0
// Classes, and devices that are made for them (Linux: drivers/base/class.c).
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "lib/attributes.h"

static kobject *class_kobj; // /sys/class

static const kobj_type class_ktype = {.release = subsys_folder_release,
                                      .sysfs_ops = &typed_attributes<class_attribute, subject_of<class_>>::ops};

static const char *name_of_class(const void *object, char *, size_t) {
    return static_cast<const class_ *>(object)->name;
}
static const owned_kind owned_class = {"class %s still registered", name_of_class};

int __class_register(class_ *cls, lock_class_key *) {
    result<subsys_private *> p = subsys_alloc(cls->name, class_ktype, cls, class_kobj);

    if (!p)
        return p.error();
    const int error = sysfs_create_groups((*p)->subsys_kobj, cls->class_groups);
    if (error)
        subsys_free(*p);
    else
        cls->p = *p;
    if (!error)
        owned_note(owned_class, cls);
    return error;
}
EXPORT_SYMBOL_GPL(__class_register);

void class_unregister(class_ *cls) {
    owned_strike(cls);
    sysfs_remove_groups(cls->p->subsys_kobj, cls->class_groups);
    subsys_free(cls->p);
    cls->p = nullptr;
    if (cls->class_release)
        cls->class_release(cls);
}
EXPORT_SYMBOL_GPL(class_unregister);

class_ *__class_create(module *owner, const char *name, lock_class_key *key) {
    const class_ blank = {.name = name, .owner = owner, .class_release = [](class_ *cls) { kfree(cls); }};
    auto *made = static_cast<class_ *>(kmemdup(&blank, sizeof(blank), GFP_KERNEL));
    const int error = made ? __class_register(made, key) : -ENOMEM;

    if (!error) {
        owned_note(owned_class, made);
        return made;
    }
    kfree(made);
    return static_cast<class_ *>(ERR_PTR(error));
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

// Walking

using devices_of_class = live_walk<&device::class_node>;

// What `use` makes of a walk behind `start`; `otherwise` for a class that is none (yet).
template <typename Answer, typename Use>
static Answer walk_class(class_ *cls, device *start, const char *caller, Answer otherwise, Use use) {
    if (!cls || WARN(!cls->p, "%s called for class '%s' before it was initialized", caller, cls->name))
        return otherwise;
    devices_of_class walk(cls->p->members, cls->p->devices, start);
    return use(walk);
}

int class_for_each_device(class_ *cls, device *start, void *data, int (*fn)(device *, void *)) {
    return walk_class(cls, start, __func__, -EINVAL, [=](auto &walk) { return walk.visit(fn, data); });
}
EXPORT_SYMBOL_GPL(class_for_each_device);

device *class_find_device(class_ *cls, device *start, const void *data, int (*match)(device *, const void *)) {
    return walk_class<device *>(cls, start, __func__, nullptr, [=](auto &walk) { return walk.find(match, data); });
}
EXPORT_SYMBOL_GPL(class_find_device);

// A walk that its caller keeps. Between two steps it has nothing but a reference to the device it is at.

void class_dev_iter_init(class_dev_iter *iter, class_ *cls, device *start, const device_type *type) {
    *iter = {.cls = cls, .at = get_device(start), .type = type};
}
EXPORT_SYMBOL_GPL(class_dev_iter_init);

device *class_dev_iter_next(class_dev_iter *iter) {
    devices_of_class rest(iter->cls->p->members, iter->cls->p->devices, iter->at);
    device *found = rest.step();

    while (found && iter->type && found->type != iter->type)
        found = rest.step();
    get_device(found);
    put_device(iter->at);
    return iter->at = found;
}
EXPORT_SYMBOL_GPL(class_dev_iter_next);

void class_dev_iter_exit(class_dev_iter *iter) {
    put_device(iter->at);
    iter->at = nullptr;
}
EXPORT_SYMBOL_GPL(class_dev_iter_exit);

// Interfaces: callbacks that hear of every device of a class, those that are there already first.

// Changes the row of interfaces, and tells the interface of each device that is there.
template <typename Change, typename Answer>
static void with_interfaces(class_interface *intf, Change change, Answer (*tell)(device *, class_interface *)) {
    subsys_private *p = intf->__class_member->p;
    hold l(p->interfaces_lock);

    change(intf->node, p->interfaces);
    if (tell)
        for (device &dev : devices_of_class(p->members, p->devices))
            tell(&dev, intf);
}

int class_interface_register(class_interface *intf) {
    const bool belongs_to_class = intf && intf->__class_member;

    if (belongs_to_class)
        with_interfaces(
            intf, [](list_head &node, list_head &all) { list_add_tail(&node, &all); }, intf->add_dev);
    return belongs_to_class ? 0 : -ENODEV;
}
EXPORT_SYMBOL_GPL(class_interface_register);

void class_interface_unregister(class_interface *intf) {
    with_interfaces(
        intf, [](list_head &node, list_head &) { list_del_init(&node); }, intf->remove_dev);
}
EXPORT_SYMBOL_GPL(class_interface_unregister);

// Membership. Below another device, or in virtual/CLASS: a class knows its devices by links.

int class_add_device(device *dev) {
    if (!dev->class_)
        return 0;
    subsys_private *p = dev->class_->p;
    if (int error = sysfs_create_link(p->subsys_kobj, &dev->kobj, dev_name(dev)))
        return error;
    if (!dev->bus)
        sysfs_create_link(&dev->kobj, p->subsys_kobj, "subsystem");
    if (dev->parent)
        sysfs_create_link(&dev->kobj, &dev->parent->kobj, "device");
    p->members.add(dev->class_node, p->devices);
    hold l(p->interfaces_lock);
    for (class_interface &intf : list_of<&class_interface::node>(p->interfaces))
        if (intf.add_dev)
            intf.add_dev(dev, &intf);
    return 0;
}

void class_remove_device(device *dev) {
    if (!dev->class_)
        return;
    subsys_private *p = dev->class_->p;
    {
        hold l(p->interfaces_lock);
        for (class_interface &intf : list_of<&class_interface::node>(p->interfaces))
            if (intf.remove_dev)
                intf.remove_dev(dev, &intf);
    }
    p->members.remove(dev->class_node);
    if (dev->parent)
        sysfs_remove_link(&dev->kobj, "device");
    if (!dev->bus)
        sysfs_remove_link(&dev->kobj, "subsystem");
    sysfs_remove_link(p->subsys_kobj, dev_name(dev));
}

int class_rename_device(device *dev, const char *old_name, const char *new_name) {
    if (!dev->class_ || strcmp(old_name, new_name) == 0)
        return 0;
    kobject *folder = dev->class_->p->subsys_kobj;
    const int error = sysfs_create_link_nowarn(folder, &dev->kobj, new_name);
    if (!error)
        sysfs_remove_link(folder, old_name);
    return error;
}

void class_retarget_device(device *dev) {
    if (!dev->class_)
        return;
    kobject *folder = dev->class_->p->subsys_kobj;
    sysfs_remove_link(folder, dev_name(dev));
    sysfs_create_link(folder, &dev->kobj, dev_name(dev));
    sysfs_remove_link(&dev->kobj, "device");
    if (dev->parent)
        sysfs_create_link(&dev->kobj, &dev->parent->kobj, "device");
}

// Devices that have nothing but their class

namespace {

// What such a device is to be.
struct recipe {
    class_ *cls;
    device *parent;
    dev_t number;
    void *data;
    const attribute_group **groups;
};

device *make(const recipe &what, const char *fmt, va_list name) {
    auto *made = static_cast<device *>(kzalloc(sizeof(device), GFP_KERNEL));
    if (!made)
        return static_cast<device *>(ERR_PTR(-ENOMEM));
    device_initialize(made);
    made->class_ = what.cls;
    made->parent = what.parent;
    made->devt = what.number;
    made->groups = what.groups;
    made->driver_data = what.data;
    made->release = [](device *dev) { kfree(dev); };
    int error = IS_ERR_OR_NULL(what.cls) ? -ENODEV : kobject_set_name_vargs(&made->kobj, fmt, name);
    if (!error)
        error = device_add(made);
    if (!error)
        return made;
    if (IS_ERR(what.cls))
        made->class_ = nullptr;
    put_device(made);
    return static_cast<device *>(ERR_PTR(error));
}

} // namespace

device *device_create_with_groups(class_ *cls, device *parent, dev_t devt, void *drvdata,
                                  const attribute_group **groups, const char *fmt, ...) {
    VARARGS(name, fmt);
    device *made = make({cls, parent, devt, drvdata, groups}, fmt, name);
    if (!IS_ERR(made))
        owned_note(owned_device, made);
    return made;
}
EXPORT_SYMBOL_GPL(device_create_with_groups);

device *device_create(class_ *cls, device *parent, dev_t devt, void *drvdata, const char *fmt, ...) {
    VARARGS(name, fmt);
    device *made = make({cls, parent, devt, drvdata, nullptr}, fmt, name);
    if (!IS_ERR(made))
        owned_note(owned_device, made);
    return made;
}
EXPORT_SYMBOL_GPL(device_create);

void device_destroy(class_ *cls, dev_t devt) {
    if (device *dev = class_find_device(cls, nullptr, &devt, device_match_devt)) {
        put_device(dev);
        device_unregister(dev);
    }
}
EXPORT_SYMBOL_GPL(device_destroy);

int classes_init() {
    class_kobj = kobject_create_and_add("class", nullptr);
    return class_kobj ? 0 : -ENOMEM;
}
