// SPDX-License-Identifier: Apache-2.0
// The sysfs_ops of attributes whose methods want more than a kobject: the device, the driver, the class that it is in.
//
//     const sysfs_ops dev_sysfs_ops = typed_attributes<device_attribute, device_of>::ops;
//
// Attr has `attr`, `show` and `store`; owner_of makes of the kobject what the methods get. They may take the attribute
// itself too, before or behind the owner. A method that is missing answers -EIO.
#ifndef LIB_ATTRIBUTES_H
#define LIB_ATTRIBUTES_H

#include <linux/errno.h>
#include <linux/kobject.h>
#include <linux/sysfs.h>

template <typename Attr, auto owner_of>
class typed_attributes {
    static Attr *typed(attribute *attr) { return container_of(attr, Attr, attr); }

    template <typename Owner, typename... Text>
    static ssize_t call(ssize_t (*method)(Owner *, Text...), Owner *owner, Attr *, Text... text) {
        return method(owner, text...);
    }
    template <typename Owner, typename... Text>
    static ssize_t call(ssize_t (*method)(Owner *, Attr *, Text...), Owner *owner, Attr *self, Text... text) {
        return method(owner, self, text...);
    }
    template <typename Owner, typename... Text>
    static ssize_t call(ssize_t (*method)(Attr *, Owner *, Text...), Owner *owner, Attr *self, Text... text) {
        return method(self, owner, text...);
    }

    static ssize_t show(kobject *kobj, attribute *attr, char *buf) {
        Attr *self = typed(attr);
        return self->show ? call(self->show, owner_of(kobj), self, buf) : -EIO;
    }
    static ssize_t store(kobject *kobj, attribute *attr, const char *text, size_t length) {
        Attr *self = typed(attr);
        return self->store ? call(self->store, owner_of(kobj), self, text, length) : -EIO;
    }

public:
    static constexpr sysfs_ops ops = {.show = show, .store = store};
};

#endif
