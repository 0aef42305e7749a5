// SPDX-License-Identifier: Apache-2.0
// Where a device stands below /sys/devices, and how it gets another name or another parent (Linux:
// drivers/base/core.c).
#include "drivers/base/base.h"

#include <linux/err.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

// Devices of a class below a device of none: they stand in a folder with the class's name, so that they cannot have the
// name of anything else there. The folder is there as long as one of them is.
struct class_folder {
    list_head entry;
    kobject *folder;
    const device *below;
    const __struct_class *of;
    unsigned users;
};

LIST_HEAD(class_folders);
DEFINE_MUTEX(class_folders_lock);

bool needs_folder(const device *dev, const device *parent) {
    return dev->class_ && parent && !parent->class_;
}

class_folder *folder_of(const device *dev, const device *parent) {
    const auto is_it = [=](const class_folder &f) { return f.of == dev->class_ && f.below == parent; };
    return find_in<&class_folder::entry>(class_folders, is_it);
}

// The folder for one more device; null: no memory.
kobject *enter_folder(const device *dev, device *parent) {
    hold l(class_folders_lock);
    class_folder *f = folder_of(dev, parent);
    if (!f) {
        f = static_cast<class_folder *>(kzalloc(sizeof(class_folder), GFP_KERNEL));
        kobject *made = f ? kobject_create_and_add(dev->class_->name, &parent->kobj) : nullptr;
        if (!made) {
            kfree(f);
            return nullptr;
        }
        f->folder = made;
        f->below = parent;
        f->of = dev->class_;
        list_add_tail(&f->entry, &class_folders);
    }
    f->users++;
    return f->folder;
}

} // namespace

kobject *device_enter_place(device *dev, device *parent) {
    if (needs_folder(dev, parent)) {
        kobject *folder = enter_folder(dev, parent);
        return folder ? folder : static_cast<kobject *>(ERR_PTR(-ENOMEM));
    }
    if (parent)
        return &parent->kobj;
    return dev->class_ ? virtual_device_parent(dev->class_) : nullptr;
}

void device_leave_place(device *dev, device *parent) {
    if (!needs_folder(dev, parent))
        return;
    hold l(class_folders_lock);
    class_folder *f = folder_of(dev, parent);
    if (!f || --f->users)
        return;
    list_del(&f->entry);
    kobject_del(f->folder);
    kobject_put(f->folder);
    kfree(f);
}

int device_rename(device *dev, const char *new_name) {
    if (!dev)
        return -EINVAL;
    const device_kept during_the_call(*dev);
    const char *old_name = kstrdup(dev_name(dev), GFP_KERNEL);
    finally not_needed([=] { kfree(old_name); });
    if (!old_name)
        return -ENOMEM;
    // The class has a link of the name: it tells first whether another device has it.
    if (int error = class_rename_device(dev, old_name, new_name))
        return error;
    const int error = kobject_rename(&dev->kobj, new_name);
    if (error)
        class_rename_device(dev, new_name, old_name);
    else
        class_retarget_device(dev);
    return error;
}
EXPORT_SYMBOL_GPL(device_rename);

// The order is that of suspending, which nothing here does.
int device_move(device *dev, device *new_parent, enum dpm_order) {
    const device_kept during_the_call(*dev);
    device *old_parent = dev->parent;
    kobject *above = device_enter_place(dev, new_parent);
    if (IS_ERR(above))
        return PTR_ERR_OR_ZERO(above);
    if (int error = kobject_move(&dev->kobj, above)) {
        device_leave_place(dev, new_parent);
        return error;
    }
    device_leave_family(dev);
    dev->parent = get_device(new_parent);
    device_join_family(dev);
    class_retarget_device(dev);
    device_leave_place(dev, old_parent);
    put_device(old_parent);
    return 0;
}
EXPORT_SYMBOL_GPL(device_move);
