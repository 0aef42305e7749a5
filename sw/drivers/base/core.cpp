// SPDX-License-Identifier: Apache-2.0
// Devices: their life and what they are members of while they are registered (Linux: drivers/base/core.c).
#include "drivers/base/base.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fwnode.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/printk.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/fs/devtmpfs.h"
#include "kernel/module/owned.h"
#include "lib/attributes.h"

static kset *devices_kset;    // /sys/devices
static kobject *virtual_kobj; // /sys/devices/virtual
static live_lists families;   // device.children of all devices

// Life

namespace {

device *device_of(kobject *kobj) {
    return kobj_to_dev(kobj);
}

using release_fn = void (*)(device *);

// Who frees a device: itself, its type or its class, the first of them that has a release.
release_fn releaser_of(const device &dev) {
    const release_fn candidates[] = {dev.release, dev.type ? dev.type->release : nullptr,
                                     dev.class_ ? dev.class_->dev_release : nullptr};
    for (release_fn candidate : candidates)
        if (candidate)
            return candidate;
    return nullptr;
}

void device_release(kobject *kobj) {
    device &dev = *device_of(kobj);

    devres_release_all(&dev); // what was taken without a driver
    kfree(dev.deferred_reason);
    if (release_fn release = releaser_of(dev))
        return release(&dev);
    WARN(1, KERN_ERR "Device '%s' does not have a release() function, it is broken and must be fixed.\n",
         dev_name(&dev));
}

const kobj_type device_ktype = {.release = device_release,
                                .sysfs_ops = &typed_attributes<device_attribute, device_of>::ops};

bool is_device(const kobject *kobj) {
    return kobj->ktype == &device_ktype;
}

} // namespace

void device_initialize(device *dev) {
    dev->kobj.kset = devices_kset;
    kobject_init(&dev->kobj, &device_ktype);
    mutex_init(&dev->mutex);
    for (list_head *list : these(&dev->bus_node, &dev->driver_node, &dev->class_node, &dev->children,
                                 &dev->sibling_node, &dev->deferred_node))
        INIT_LIST_HEAD(list);
    dev->registration = DEVICE_ABSENT;
    devres_init(dev);
}
EXPORT_SYMBOL_GPL(device_initialize);

void put_device(device *dev) {
    if (dev)
        kobject_put(&dev->kobj);
}
EXPORT_SYMBOL_GPL(put_device);

int dev_set_name(device *dev, const char *fmt, ...) {
    VARARGS(args, fmt);
    return kobject_set_name_vargs(&dev->kobj, fmt, args);
}
EXPORT_SYMBOL_GPL(dev_set_name);

device *get_device(device *dev) {
    if (dev)
        kobject_get(&dev->kobj);
    return dev;
}
EXPORT_SYMBOL_GPL(get_device);

// What user space is told of a device

namespace {

const char *subsystem_of(kobject *kobj) {
    const device &dev = *device_of(kobj);
    if (dev.bus)
        return dev.bus->name;
    return dev.class_ ? dev.class_->name : nullptr;
}

int concerns_user_space(kobject *kobj) {
    return is_device(kobj) && subsystem_of(kobj);
}

int describe(kobject *kobj, kobj_uevent_env *env) {
    device *dev = device_of(kobj);

    if (MAJOR(dev->devt)) {
        char name[64];
        add_uevent_var(env, "MAJOR=%u", MAJOR(dev->devt));
        add_uevent_var(env, "MINOR=%u", MINOR(dev->devt));
        add_uevent_var(env, "DEVNAME=%s", devtmpfs_node_name(dev, name, sizeof(name)));
    }
    const struct {
        const char *format, *value;
    } names[] = {{"DEVTYPE=%s", dev->type ? dev->type->name : nullptr},
                 {"DRIVER=%s", dev->driver ? dev->driver->name : nullptr}};
    for (const auto &name : names)
        if (name.value)
            add_uevent_var(env, name.format, name.value);
    of_device_uevent(dev, env);
    using teller = int (*)(device *, kobj_uevent_env *);
    const teller tellers[] = {dev->bus ? dev->bus->uevent : nullptr, dev->class_ ? dev->class_->dev_uevent : nullptr,
                              dev->type ? dev->type->uevent : nullptr};
    int error = 0;
    for (teller tell : tellers)
        if (tell)
            error = tell(dev, env);
    return error;
}

const kset_uevent_ops device_uevent_ops = {.filter = concerns_user_space, .name = subsystem_of, .uevent = describe};

// The lines of an event's text, one below the other.
ssize_t print(const kobj_uevent_env &env, char *page) {
    int length = 0;
    for (int line = 0; line < env.envp_idx; line++)
        length += sysfs_emit_at(page, length, "%s\n", env.envp[line]);
    return length;
}

ssize_t uevent_show(device *dev, device_attribute *, char *buf) {
    if (!concerns_user_space(&dev->kobj))
        return 0;
    auto *env = static_cast<kobj_uevent_env *>(kzalloc(sizeof(kobj_uevent_env), GFP_KERNEL));
    finally not_needed([env] { kfree(env); });
    if (!env)
        return -ENOMEM;
    return describe(&dev->kobj, env) ? 0 : print(*env, buf);
}

int complain(const device *dev, int error) {
    dev_err(dev, "uevent: failed to send synthetic uevent: %d\n", error);
    return error;
}

ssize_t uevent_store(device *dev, device_attribute *, const char *buf, size_t count) {
    const int error = kobject_synth_uevent(&dev->kobj, buf, count);
    return error ? complain(dev, error) : static_cast<ssize_t>(count);
}
DEVICE_ATTR_RW(uevent);

ssize_t dev_show(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%u:%u\n", MAJOR(dev->devt), MINOR(dev->devt));
}
DEVICE_ATTR_RO(dev);

} // namespace

// Registration. What a device joins when it is added, in this order; it leaves in the opposite one. A join that fails
// has joined nothing.

void device_join_family(device *dev) {
    if (dev->parent)
        families.add(dev->sibling_node, dev->parent->children);
}

void device_leave_family(device *dev) {
    families.remove(dev->sibling_node);
}

namespace {

int join_parent(device *dev) {
    get_device(dev->parent);
    return 0;
}
void leave_parent(device *dev) {
    put_device(dev->parent);
}

int join_sysfs(device *dev) {
    kobject *above = device_enter_place(dev, dev->parent);
    if (IS_ERR(above))
        return PTR_ERR_OR_ZERO(above);
    const int error = kobject_add(&dev->kobj, above, nullptr);
    if (error)
        device_leave_place(dev, dev->parent);
    return error;
}
void leave_sysfs(device *dev) {
    if (dev->registration == DEVICE_LEAVING)
        kobject_uevent(&dev->kobj, KOBJ_REMOVE);
    kobject_del(&dev->kobj);
    device_leave_place(dev, dev->parent);
}

struct group_lists {
    const attribute_group **lists[3];
    explicit group_lists(const device *dev)
        : lists{dev->class_ ? dev->class_->dev_groups : nullptr, dev->type ? dev->type->groups : nullptr, dev->groups} {
    }
};

void remove_groups(device *dev, unsigned count) {
    const group_lists all(dev);
    while (count)
        sysfs_remove_groups(&dev->kobj, all.lists[--count]);
}

int join_attributes(device *dev) {
    unsigned made = 0;
    on_failure undo([&] { remove_groups(dev, made); });

    for (const attribute_group **groups : group_lists(dev).lists) {
        if (int error = sysfs_create_groups(&dev->kobj, groups))
            return error;
        made++;
    }
    if (int error = device_create_file(dev, &dev_attr_uevent))
        return error;
    undo.dismiss();
    return 0;
}
void leave_attributes(device *dev) {
    device_remove_file(dev, &dev_attr_uevent);
    remove_groups(dev, ARRAY_SIZE(group_lists::lists));
}

int join_node(device *dev) {
    const int error = MAJOR(dev->devt) ? device_create_file(dev, &dev_attr_dev) : 0;
    if (!error && MAJOR(dev->devt))
        devtmpfs_create_node(dev);
    return error;
}
void leave_node(device *dev) {
    if (!MAJOR(dev->devt))
        return;
    devtmpfs_delete_node(dev);
    device_remove_file(dev, &dev_attr_dev);
}

int join_family(device *dev) {
    device_join_family(dev);
    return 0;
}

int join_firmware(device *dev) {
    if (dev->fwnode && !dev->fwnode->dev)
        dev->fwnode->dev = dev;
    return 0;
}
void leave_firmware(device *dev) {
    if (dev->fwnode && dev->fwnode->dev == dev)
        dev->fwnode->dev = nullptr;
}

// The last that a device leaves before its folder: the bus, and with it its driver.
void leave_bus(device *dev) {
    bus_remove_device(dev);
    driver_deferred_probe_del(dev);
    bus_notify(dev, BUS_NOTIFY_REMOVED_DEVICE);
}

const struct membership {
    int (*join)(device *dev);
    void (*leave)(device *dev);
} memberships[] = {
    {join_parent, leave_parent},
    {join_sysfs, leave_sysfs},
    {bus_add_device, leave_bus},
    {join_attributes, leave_attributes},
    {wakeup_sysfs_add, wakeup_sysfs_remove},
    {class_add_device, class_remove_device},
    {join_node, leave_node},
    {join_family, device_leave_family},
    {join_firmware, leave_firmware},
};

void leave_all(device *dev, unsigned joined) {
    while (joined)
        memberships[--joined].leave(dev);
}

// The name that a device is to have: its own, its init_name, or its bus's with its number.
int settle_name(device *dev) {
    const char *given = dev->init_name;

    if (given)
        dev_set_name(dev, "%s", given);
    dev->init_name = nullptr; // the object has the name now
    const char *stem = dev->bus ? dev->bus->dev_name : nullptr;
    if (stem && !dev->kobj.name)
        dev_set_name(dev, "%s%u", stem, dev->id);
    return dev->kobj.name ? 0 : -EINVAL;
}

} // namespace

static const char *name_of_device(const void *object, char *, size_t) {
    return dev_name(static_cast<const device *>(object));
}
const owned_kind owned_device = {"device %s still registered", name_of_device};

int device_add(device *dev) {
    if (!dev)
        return -EINVAL;
    const device_kept during_the_call(*dev);
    int error = settle_name(dev);
    for (unsigned joined = 0; !error && joined < ARRAY_SIZE(memberships); joined++) {
        error = memberships[joined].join(dev);
        if (error)
            leave_all(dev, joined);
    }
    if (error)
        return error;
    dev->registration = DEVICE_PRESENT;
    owned_note(owned_device, dev);
    bus_notify(dev, BUS_NOTIFY_ADD_DEVICE);
    kobject_uevent(&dev->kobj, KOBJ_ADD);
    bus_probe_device(dev);
    return 0;
}
EXPORT_SYMBOL_GPL(device_add);

void device_del(device *dev) {
    owned_strike(dev);
    {
        device_locked no_probe_begins(dev->mutex);
        dev->registration = DEVICE_LEAVING;
    }
    bus_notify(dev, BUS_NOTIFY_DEL_DEVICE);
    device *parent = get_device(dev->parent); // software nodes below may still look at it
    leave_all(dev, ARRAY_SIZE(memberships));
    device_remove_software_node(dev);
    dev->registration = DEVICE_ABSENT;
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

// The end of the system. The set of all devices is in the order of their coming; each is taken out of it once.

static device *take_newest() {
    hold l(devices_kset->list_lock);
    kobject *newest = last_of<&kobject::entry>(devices_kset->list);

    if (!newest)
        return nullptr;
    list_del_init(&newest->entry);
    return device_of(kobject_get(newest));
}

static void bring_to_rest(device *dev) {
    device_locked no_probe(dev->mutex);

    if (const auto before = dev->class_ ? dev->class_->shutdown_pre : nullptr)
        before(dev);
    const auto of_bus = dev->bus ? dev->bus->shutdown : nullptr;
    const auto of_driver = dev->driver ? dev->driver->shutdown : nullptr;
    if (const auto shutdown = of_bus ? of_bus : of_driver)
        shutdown(dev);
}

void device_shutdown(void) {
    wait_for_device_probe();
    while (device *dev = take_newest()) {
        if (is_device(&dev->kobj))
            bring_to_rest(dev);
        put_device(dev);
    }
}

// Relatives

using children_of = live_walk<&device::sibling_node>;

int device_for_each_child(device *parent, void *data, int (*fn)(device *dev, void *data)) {
    return children_of(families, parent->children).visit(fn, data);
}
EXPORT_SYMBOL_GPL(device_for_each_child);

int device_for_each_child_reverse(device *parent, void *data, int (*fn)(device *dev, void *data)) {
    return live_walk<&device::sibling_node, walk_from::last>(families, parent->children).visit(fn, data);
}
EXPORT_SYMBOL_GPL(device_for_each_child_reverse);

device *device_find_child(device *parent, void *data, int (*match)(device *dev, void *data)) {
    return children_of(families, parent->children).find(match, data);
}
EXPORT_SYMBOL_GPL(device_find_child);

device *device_find_any_child(device *parent) {
    for (device &child : children_of(families, parent->children))
        return get_device(&child);
    return nullptr;
}
EXPORT_SYMBOL_GPL(device_find_any_child);

device *device_find_child_by_name(device *parent, const char *name) {
    for (device &child : children_of(families, parent->children))
        if (sysfs_streq(dev_name(&child), name))
            return get_device(&child);
    return nullptr;
}
EXPORT_SYMBOL_GPL(device_find_child_by_name);

// What a device can be searched by. `wanted` is what the search was given.
#define DEVICE_MATCH(function, condition)                                                                              \
    int function(device *dev, const void *wanted) {                                                                    \
        return condition;                                                                                              \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(function)

DEVICE_MATCH(device_match_any, ((void)dev, (void)wanted, true));
DEVICE_MATCH(device_match_devt, *static_cast<const dev_t *>(wanted) == dev->devt);
DEVICE_MATCH(device_match_fwnode, wanted == __dev_fwnode(dev));
DEVICE_MATCH(device_match_name, sysfs_streq(dev_name(dev), static_cast<const char *>(wanted)));
DEVICE_MATCH(device_match_of_node, wanted == dev->of_node);

// Firmware nodes. A device has at most two: the primary, which firmware described, and a software node, which stands
// behind it or, without a primary, in its place.

static fwnode_handle *software_half(const device *dev) {
    fwnode_handle *first = dev->fwnode;
    return !first || is_software_node(first) ? first : first->secondary;
}

void set_primary_fwnode(device *dev, fwnode_handle *fwnode) {
    fwnode_handle *behind = software_half(dev);

    dev->fwnode = fwnode ? fwnode : behind;
    if (fwnode && behind && behind != fwnode)
        fwnode->secondary = behind;
}
EXPORT_SYMBOL_GPL(set_primary_fwnode);

void set_secondary_fwnode(device *dev, fwnode_handle *fwnode) {
    const bool has_primary = dev->fwnode && !is_software_node(dev->fwnode);
    (has_primary ? dev->fwnode->secondary : dev->fwnode) = fwnode;
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

device *__root_device_register(const char *name, module *owner) {
    auto *root = static_cast<device *>(kzalloc(sizeof(device), GFP_KERNEL));

    if (!root)
        return static_cast<device *>(ERR_PTR(-ENOMEM));
    device_initialize(root);
    root->release = [](device *dev) { kfree(dev); };
    int error = dev_set_name(root, "%s", name);
    if (!error)
        error = device_add(root);
    if (error) {
        put_device(root);
        return static_cast<device *>(ERR_PTR(error));
    }
    if (owner)
        error = sysfs_create_link(&root->kobj, &owner->mkobj.kobj, "module");
    if (error) {
        device_unregister(root);
        return static_cast<device *>(ERR_PTR(error));
    }
    return root;
}
EXPORT_SYMBOL_GPL(__root_device_register);

void root_device_unregister(device *root) {
    sysfs_remove_link(&root->kobj, "module");
    device_unregister(root);
}
EXPORT_SYMBOL_GPL(root_device_unregister);

int devices_init() {
    families.init();
    devices_kset = kset_create_and_add("devices", &device_uevent_ops, nullptr);
    virtual_kobj = devices_kset ? kobject_create_and_add("virtual", &devices_kset->kobj) : nullptr;
    return virtual_kobj ? 0 : -ENOMEM;
}

kobject *devices_root() {
    return &devices_kset->kobj;
}

// /sys/devices/virtual/CLASS, made with the class's first device that has no parent.
kobject *virtual_device_parent(__struct_class *cls) {
    subsys_private *p = cls->p;

    if (!p->devices_kobj)
        p->devices_kobj = kobject_create_and_add(cls->name, virtual_kobj);
    return p->devices_kobj;
}
