// SPDX-License-Identifier: Apache-2.0
//
// Character devices: who owns which device numbers (regions), and which cdev answers for a number.
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

static const unsigned CHRDEV_MAJOR_MAX = 512;
// Free majors are looked for downwards: first in 254..234, then in 511..384.
static const unsigned DYN_END = 234, DYN_EXT_START = 511, DYN_EXT_END = 384;

// A range of numbers of one major that somebody has reserved; sorted by major, then by first minor.
struct char_device_region {
    struct list_head list;
    unsigned major;
    unsigned baseminor;
    unsigned count;
    char name[64];
    struct cdev *cdev; // of register_chrdev
};

static LIST_HEAD(regions);
static LIST_HEAD(cdevs);
static DEFINE_MUTEX(chrdevs_lock);

static bool major_free(unsigned major) {
    struct char_device_region *region;
    list_for_each_entry (region, &regions, list) {
        if (region->major == major)
            return false;
    }
    return true;
}

static int find_dynamic_major() {
    for (unsigned major = 254; major >= DYN_END; major--) {
        if (major_free(major))
            return major;
    }
    for (unsigned major = DYN_EXT_START; major >= DYN_EXT_END; major--) {
        if (major_free(major))
            return major;
    }
    return -EBUSY;
}

static struct char_device_region *region_add(unsigned major, unsigned baseminor, unsigned count, const char *name) {
    if (major >= CHRDEV_MAJOR_MAX) {
        pr_err("CHRDEV \"%s\" major requested (%u) is greater than the maximum (%u)\n", name, major,
               CHRDEV_MAJOR_MAX - 1);
        return static_cast<struct char_device_region *>(ERR_PTR(-EINVAL));
    }
    if (count == 0 || count > MINORMASK + 1 - baseminor) {
        pr_err(
            "CHRDEV \"%s\" minor range requested (%u-%u) is out of range of maximum range (%u-%u) for a single major\n",
            name, baseminor, baseminor + count - 1, 0, MINORMASK);
        return static_cast<struct char_device_region *>(ERR_PTR(-EINVAL));
    }
    struct char_device_region *region = static_cast<struct char_device_region *>(kzalloc(sizeof(*region), GFP_KERNEL));
    if (!region)
        return static_cast<struct char_device_region *>(ERR_PTR(-ENOMEM));
    mutex_lock(&chrdevs_lock);
    if (major == 0) {
        int found = find_dynamic_major();
        if (found < 0) {
            mutex_unlock(&chrdevs_lock);
            pr_err("CHRDEV \"%s\" dynamic allocation region is full\n", name);
            kfree(region);
            return static_cast<struct char_device_region *>(ERR_PTR(found));
        }
        major = found;
    }
    struct list_head *where = &regions;
    struct char_device_region *other;
    list_for_each_entry (other, &regions, list) {
        if (other->major < major || (other->major == major && other->baseminor + other->count <= baseminor))
            continue;
        if (other->major == major && other->baseminor < baseminor + count) {
            mutex_unlock(&chrdevs_lock);
            kfree(region);
            return static_cast<struct char_device_region *>(ERR_PTR(-EBUSY));
        }
        where = &other->list;
        break;
    }
    region->major = major;
    region->baseminor = baseminor;
    region->count = count;
    strscpy(region->name, name, sizeof(region->name));
    list_add_tail(&region->list, where);
    mutex_unlock(&chrdevs_lock);
    return region;
}

static struct char_device_region *region_remove(unsigned major, unsigned baseminor, unsigned count) {
    struct char_device_region *region, *found = nullptr;
    mutex_lock(&chrdevs_lock);
    list_for_each_entry (region, &regions, list) {
        if (region->major == major && region->baseminor == baseminor && region->count == count) {
            list_del(&region->list);
            found = region;
            break;
        }
    }
    mutex_unlock(&chrdevs_lock);
    return found;
}

int register_chrdev_region(dev_t from, unsigned count, const char *name) {
    return PTR_ERR_OR_ZERO(region_add(MAJOR(from), MINOR(from), count, name));
}

int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name) {
    struct char_device_region *region = region_add(0, baseminor, count, name);
    if (IS_ERR(region))
        return PTR_ERR(region);
    *dev = MKDEV(region->major, region->baseminor);
    return 0;
}

void unregister_chrdev_region(dev_t from, unsigned count) {
    kfree(region_remove(MAJOR(from), MINOR(from), count));
}

int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name,
                      const struct file_operations *fops) {
    struct char_device_region *region = region_add(major, baseminor, count, name);
    if (IS_ERR(region))
        return PTR_ERR(region);
    struct cdev *cdev = cdev_alloc();
    int error = cdev ? 0 : -ENOMEM;
    if (!error) {
        cdev->owner = fops->owner;
        cdev->ops = fops;
        kobject_set_name(&cdev->kobj, "%s", name);
        error = cdev_add(cdev, MKDEV(region->major, baseminor), count);
    }
    if (error) {
        if (cdev)
            kobject_put(&cdev->kobj);
        kfree(region_remove(region->major, baseminor, count));
        return error;
    }
    region->cdev = cdev;
    return major ? 0 : region->major;
}

void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name) {
    struct char_device_region *region = region_remove(major, baseminor, count);
    if (region && region->cdev)
        cdev_del(region->cdev);
    kfree(region);
}

void chrdev_show(struct seq_file *m) {
    struct char_device_region *region;
    seq_puts(m, "Character devices:\n");
    mutex_lock(&chrdevs_lock);
    list_for_each_entry (region, &regions, list) {
        seq_printf(m, "%3d %s\n", region->major, region->name);
    }
    mutex_unlock(&chrdevs_lock);
    seq_puts(m, "\nBlock devices:\n");
}

static void cdev_release_static(struct kobject *kobj) {}

static void cdev_release_allocated(struct kobject *kobj) {
    kfree(container_of(kobj, struct cdev, kobj));
}

static const struct kobj_type ktype_cdev_static = {cdev_release_static, nullptr, nullptr};
static const struct kobj_type ktype_cdev_allocated = {cdev_release_allocated, nullptr, nullptr};

void cdev_init(struct cdev *cdev, const struct file_operations *fops) {
    memset(cdev, 0, sizeof(*cdev));
    INIT_LIST_HEAD(&cdev->list);
    kobject_init(&cdev->kobj, &ktype_cdev_static);
    cdev->ops = fops;
}

struct cdev *cdev_alloc() {
    struct cdev *cdev = static_cast<struct cdev *>(kzalloc(sizeof(*cdev), GFP_KERNEL));
    if (!cdev)
        return nullptr;
    INIT_LIST_HEAD(&cdev->list);
    kobject_init(&cdev->kobj, &ktype_cdev_allocated);
    return cdev;
}

static struct cdev *cdev_get(struct cdev *cdev) {
    if (!try_module_get(cdev->owner))
        return nullptr;
    if (!kobject_get_unless_zero(&cdev->kobj)) {
        module_put(cdev->owner);
        return nullptr;
    }
    return cdev;
}

void cdev_put(struct cdev *cdev) {
    if (!cdev)
        return;
    struct module *owner = cdev->owner;
    kobject_put(&cdev->kobj);
    module_put(owner);
}

int cdev_add(struct cdev *cdev, dev_t dev, unsigned count) {
    cdev->dev = dev;
    cdev->count = count;
    mutex_lock(&chrdevs_lock);
    list_add(&cdev->list, &cdevs); // the newest answers first, as a narrower range does in Linux
    mutex_unlock(&chrdevs_lock);
    kobject_get(cdev->kobj.parent);
    return 0;
}

void cdev_set_parent(struct cdev *cdev, struct kobject *kobj) {
    WARN_ON(!kobj->state_initialized);
    cdev->kobj.parent = kobj;
}

void cdev_del(struct cdev *cdev) {
    mutex_lock(&chrdevs_lock);
    list_del_init(&cdev->list);
    mutex_unlock(&chrdevs_lock);
    kobject_put(&cdev->kobj);
}

int cdev_device_add(struct cdev *cdev, struct device *dev) {
    int error = 0;
    if (dev->devt) {
        cdev_set_parent(cdev, &dev->kobj);
        error = cdev_add(cdev, dev->devt, 1);
        if (error)
            return error;
    }
    error = device_add(dev);
    if (error && dev->devt)
        cdev_del(cdev);
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

static struct cdev *cdev_find(dev_t dev) {
    struct cdev *cdev, *found = nullptr;
    mutex_lock(&chrdevs_lock);
    list_for_each_entry (cdev, &cdevs, list) {
        if (dev >= cdev->dev && dev - cdev->dev < cdev->count) {
            found = cdev_get(cdev);
            break;
        }
    }
    mutex_unlock(&chrdevs_lock);
    return found;
}

bool chrdev_owned_by(const struct module *mod, dev_t *dev) {
    struct cdev *cdev;
    bool found = false;
    mutex_lock(&chrdevs_lock);
    list_for_each_entry (cdev, &cdevs, list) {
        if (within_module(reinterpret_cast<unsigned long>(cdev->ops), mod)) {
            *dev = cdev->dev;
            found = true;
        }
    }
    mutex_unlock(&chrdevs_lock);
    return found;
}

// The file keeps the module by its operations; the cdev itself lives as long as its driver wants. A driver that embeds
// the cdev in an object of its own finds it in inode->i_cdev.
static int chrdev_open(struct inode *inode, struct file *file) {
    struct cdev *cdev = cdev_find(inode->i_rdev);
    if (!cdev)
        return -ENXIO;
    inode->i_cdev = cdev;
    const struct file_operations *fops = fops_get(cdev->ops);
    cdev_put(cdev);
    if (!fops)
        return -ENXIO;
    replace_fops(file, fops);
    return fops->open ? fops->open(inode, file) : 0;
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
