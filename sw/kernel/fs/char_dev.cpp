// SPDX-License-Identifier: Apache-2.0
//
// Character devices (Linux: fs/char_dev.c): two maps of intervals of device numbers, one of who has reserved which, one
// of which cdev answers.
#include <linux/cdev.h>

#include <linux/device.h>
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/fs/internal.h"
#include "kernel/init.h"
#include "kernel/module/owned.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"
#include "port/order.h"

namespace {

constexpr unsigned majors = 512;

// Device numbers first .. first + count - 1, within one major.
struct numbers {
    dev_t first;
    unsigned count;
    bool has(dev_t number) const { return number - first < count; }
    bool overlaps(const numbers &other) const { return has(other.first) || other.has(first); }
    bool operator==(const numbers &other) const { return first == other.first && count == other.count; }
};

// A reservation. Sorted by first number in `regions`.
struct region {
    list_head list;
    numbers range;
    char name[64];
    struct cdev *cdev; // of register_chrdev
};

LIST_HEAD(regions);
LIST_HEAD(cdevs);
DEFINE_MUTEX(chrdevs_lock); // both

bool is_taken(unsigned major) {
    return find_in<&region::list>(regions, [major](const region &r) { return MAJOR(r.range.first) == major; });
}

// The first major of `from` down to `to` that is free, or 0.
unsigned free_major(unsigned from, unsigned to) {
    while (from >= to && is_taken(from))
        from--;
    return from >= to ? from : 0;
}

bool is_sensible(const char *name, unsigned major, unsigned first_minor, unsigned count) {
    if (major >= majors) {
        pr_err("CHRDEV \"%s\" major requested (%u) is greater than the maximum (%u)\n", name, major, majors - 1);
        return false;
    }
    if (count && count <= MINORMASK + 1 - first_minor)
        return true;
    pr_err("CHRDEV \"%s\" minor range requested (%u-%u) is out of range of maximum range (%u-%u) for a single major\n",
           name, first_minor, first_minor + count - 1, 0, MINORMASK);
    return false;
}

// Reserves numbers of a major, of a free one for 0.
result<region *> reserve(unsigned major, unsigned first_minor, unsigned count, const char *name) {
    if (!is_sensible(name, major, first_minor, count))
        return failure(-EINVAL);
    auto *made = static_cast<region *>(kzalloc(sizeof(region), GFP_KERNEL));
    if (!made)
        return failure(-ENOMEM);
    on_failure no_memory([made] { kfree(made); });
    hold l(chrdevs_lock);
    const bool any = major == 0;
    if (any)
        major = free_major(254, 234);
    if (any && !major)
        major = free_major(511, 384);
    if (!major) {
        pr_err("CHRDEV \"%s\" dynamic allocation region is full\n", name);
        return failure(-EBUSY);
    }
    made->range = {MKDEV(major, first_minor), count};
    if (find_in<&region::list>(regions, [=](const region &r) { return r.range.overlaps(made->range); }))
        return failure(-EBUSY);
    strscpy(made->name, name, sizeof(made->name));
    const region *behind =
        find_in<&region::list>(regions, [=](const region &r) { return r.range.first > made->range.first; });
    list_add_tail(&made->list, behind ? const_cast<list_head *>(&behind->list) : &regions);
    no_memory.dismiss();
    return made;
}

// Ends a reservation; it is the caller's to free.
region *cancel(dev_t first, unsigned count) {
    const numbers range = {first, count};
    hold l(chrdevs_lock);
    region *found = find_in<&region::list>(regions, [&](const region &r) { return r.range == range; });
    if (found)
        list_del(&found->list);
    owned_strike(found);
    return found;
}

} // namespace

// What a module leaves: numbers and those who answer for them.
static const owned_kind owned_numbers = {"device numbers of %s still reserved", [](const void *object, char *, size_t) {
                                             return static_cast<const char *>(
                                                 static_cast<const region *>(object)->name);
                                         }};
static const owned_kind owned_cdev = {"character device %s still registered",
                                      [](const void *object, char *buf, size_t size) {
                                          const dev_t number = static_cast<const struct cdev *>(object)->dev;
                                          snprintf(buf, size, "%u:%u", MAJOR(number), MINOR(number));
                                          return static_cast<const char *>(buf);
                                      }};

// The same for the caller of the exported function with this frame; `first` is told the first number.
static int reserve_for(const void *frame, unsigned major, unsigned first_minor, unsigned count, const char *name,
                       dev_t *first) {
    result<region *> made = reserve(major, first_minor, count, name);
    if (made) {
        owned_note_from(owned_numbers, *made, frame);
        *first = (*made)->range.first;
    }
    return made.error();
}

int register_chrdev_region(dev_t from, unsigned count, const char *name) {
    return reserve_for(__builtin_frame_address(0), MAJOR(from), MINOR(from), count, name, &from);
}

int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name) {
    return reserve_for(__builtin_frame_address(0), 0, baseminor, count, name, dev);
}

void unregister_chrdev_region(dev_t from, unsigned count) {
    kfree(cancel(from, count));
}

// A reservation with a cdev of its own. Without a major of the caller's: which one it got.
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name,
                      const struct file_operations *fops) {
    result<region *> made = reserve(major, baseminor, count, name);
    if (!made)
        return made.error();
    region &r = **made;
    on_failure undo([&] { kfree(cancel(r.range.first, count)); });
    r.cdev = cdev_alloc();
    if (!r.cdev)
        return -ENOMEM;
    r.cdev->ops = fops;
    r.cdev->owner = fops->owner;
    kobject_set_name(&r.cdev->kobj, "%s", name);
    if (int error = cdev_add(r.cdev, r.range.first, count)) {
        kobject_put(&r.cdev->kobj);
        return error;
    }
    undo.dismiss();
    owned_note(owned_numbers, &r);
    return major ? 0 : static_cast<int>(MAJOR(r.range.first));
}

// With the device that was made for it, if one was.
static void close(region *of_driver) {
    if (of_driver->cdev)
        cdev_del(of_driver->cdev);
    kfree(of_driver);
}

void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *) {
    if (region *ended = cancel(MKDEV(major, baseminor), count))
        close(ended);
}

void chrdev_show(struct seq_file *m) {
    hold l(chrdevs_lock);
    seq_puts(m, "Character devices:\n");
    for (const region &r : list_of<&region::list>(regions))
        seq_printf(m, "%3d %s\n", MAJOR(r.range.first), r.name);
    seq_puts(m, "\nBlock devices:\n");
}

// cdevs. One that its driver embeds goes with the driver's object, one of cdev_alloc with its last reference. Either
// keeps its parent, from cdev_add to the end.

namespace {

struct cdev *cdev_of(struct kobject *kobj) {
    return container_of(kobj, struct cdev, kobj);
}

void stop_answering(struct cdev *cdev) {
    hold l(chrdevs_lock);
    list_del_init(&cdev->list);
}

void release_embedded(struct kobject *kobj) {
    struct kobject *parent = kobj->parent;
    stop_answering(cdev_of(kobj));
    kobject_put(parent); // the cdev may be part of it: nothing is touched after this
}

void release_allocated(struct kobject *kobj) {
    struct kobject *parent = kobj->parent;
    stop_answering(cdev_of(kobj));
    kfree(cdev_of(kobj));
    kobject_put(parent);
}

const struct kobj_type embedded_cdev = {release_embedded, nullptr, nullptr};
const struct kobj_type allocated_cdev = {release_allocated, nullptr, nullptr};

void initialize(struct cdev *cdev, const struct kobj_type &type) {
    INIT_LIST_HEAD(&cdev->list);
    kobject_init(&cdev->kobj, &type);
}

// With its module and a reference; null if either is going.
struct cdev *cdev_get(struct cdev *cdev) {
    if (!try_module_get(cdev->owner))
        return nullptr;
    if (kobject_get_unless_zero(&cdev->kobj))
        return cdev;
    module_put(cdev->owner);
    return nullptr;
}

// The newest that answers for a number: as a narrower range does in Linux.
struct cdev *cdev_find(dev_t number) {
    hold l(chrdevs_lock);
    struct cdev *found = find_in<&cdev::list>(cdevs, [number](const struct cdev &c) {
        return numbers{c.dev, c.count}.has(number);
    });
    return found ? cdev_get(found) : nullptr;
}

} // namespace

void cdev_init(struct cdev *cdev, const struct file_operations *fops) {
    *cdev = {};
    cdev->ops = fops;
    initialize(cdev, embedded_cdev);
}

struct cdev *cdev_alloc() {
    auto *made = static_cast<struct cdev *>(kzalloc(sizeof(struct cdev), GFP_KERNEL));
    if (made)
        initialize(made, allocated_cdev);
    return made;
}

void cdev_put(struct cdev *cdev) {
    if (!cdev)
        return;
    struct module *owner = cdev->owner;
    kobject_put(&cdev->kobj);
    module_put(owner);
}

int cdev_add(struct cdev *cdev, dev_t dev, unsigned count) {
    order_tell(published, cdev);
    cdev->dev = dev;
    cdev->count = count;
    kobject_get(cdev->kobj.parent);
    owned_note(owned_cdev, cdev);
    hold l(chrdevs_lock);
    list_add(&cdev->list, &cdevs);
    return 0;
}

void cdev_set_parent(struct cdev *cdev, struct kobject *kobj) {
    WARN_ON(!kobj->state_initialized);
    cdev->kobj.parent = kobj;
}

void cdev_del(struct cdev *cdev) {
    owned_strike(cdev);
    stop_answering(cdev);
    kobject_put(&cdev->kobj);
}

// A device with a cdev in it, whose numbers are the device's; a device without a number has none that answers. The cdev
// answers first, and no longer where the device cannot be added.
class device_with_cdev {
public:
    device_with_cdev(struct cdev *cdev, struct device *dev)
        : cdev_(dev->devt ? cdev : nullptr)
        , dev_(dev) {
        if (!cdev_)
            return;
        cdev_set_parent(cdev_, &dev_->kobj);
        error_ = cdev_add(cdev_, dev_->devt, 1);
    }
    int add() {
        if (error_)
            return error_;
        const int error = device_add(dev_);
        if (error && cdev_)
            cdev_del(cdev_);
        return error;
    }

private:
    struct cdev *cdev_;
    struct device *dev_;
    int error_ = 0;
};

int cdev_device_add(struct cdev *cdev, struct device *dev) {
    const int error = device_with_cdev(cdev, dev).add();
    if (!error)
        owned_note(owned_device, dev);
    return error;
}

void cdev_device_del(struct cdev *cdev, struct device *dev) {
    device_del(dev);
    if (dev->devt)
        cdev_del(cdev);
}

// An inode finds its cdev anew at each open, so it has nothing to forget but the pointer for the curious.
void cd_forget(struct inode *inode) {
    inode->i_cdev = nullptr;
}

// The file keeps the cdev, and the module by its operations. A driver that embeds the cdev in an object of its own
// finds it in inode->i_cdev.
static int chrdev_open(struct inode *inode, struct file *file) {
    struct cdev *cdev = cdev_find(inode->i_rdev);
    const struct file_operations *fops = cdev ? fops_get(cdev->ops) : nullptr;

    if (!fops) {
        cdev_put(cdev);
        return -ENXIO;
    }
    inode->i_cdev = cdev;
    file->f_cdev = cdev;
    replace_fops(file, fops);
    const int error = fops->open ? fops->open(inode, file) : 0;
    if (error) {
        file->f_cdev = nullptr;
        cdev_put(cdev);
    }
    return error;
}

const struct file_operations def_chr_fops = {
    .llseek = noop_llseek,
    .open = chrdev_open,
};

EXPORT_SYMBOL(register_chrdev_region);
EXPORT_SYMBOL(alloc_chrdev_region);
EXPORT_SYMBOL(unregister_chrdev_region);
EXPORT_SYMBOL(__register_chrdev);
EXPORT_SYMBOL(__unregister_chrdev);
EXPORT_SYMBOL(cdev_init);
EXPORT_SYMBOL(cdev_alloc);
EXPORT_SYMBOL(cdev_add);
EXPORT_SYMBOL(cdev_del);
EXPORT_SYMBOL(cdev_set_parent);
EXPORT_SYMBOL(cdev_device_add);
EXPORT_SYMBOL(cdev_device_del);
