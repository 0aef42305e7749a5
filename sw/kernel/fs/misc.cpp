// SPDX-License-Identifier: Apache-2.0
//
// Misc devices: all behind major 10, found by their minor at open.
#include <linux/miscdevice.h>

#include <linux/device.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

static LIST_HEAD(misc_list);
static DEFINE_MUTEX(misc_mtx);
static struct class_ *misc_class;

static struct miscdevice *misc_find(int minor) {
    struct miscdevice *misc;
    list_for_each_entry (misc, &misc_list, list) {
        if (misc->minor == minor)
            return misc;
    }
    return nullptr;
}

// Free minors are given out from 127 down, then from 256 up, as in Linux.
static int misc_minor_alloc() {
    for (int minor = 127; minor >= 0; minor--) {
        if (!misc_find(minor))
            return minor;
    }
    for (int minor = MISC_DYNAMIC_MINOR + 1; minor <= static_cast<int>(MINORMASK); minor++) {
        if (!misc_find(minor))
            return minor;
    }
    return -EBUSY;
}

static int misc_open(struct inode *inode, struct file *file) {
    const struct file_operations *fops = nullptr;

    mutex_lock(&misc_mtx);
    struct miscdevice *misc = misc_find(iminor(inode));
    if (misc)
        fops = fops_get(misc->fops);
    if (fops)
        file->private_data = misc;
    mutex_unlock(&misc_mtx);
    if (!fops)
        return -ENODEV;
    replace_fops(file, fops);
    return fops->open ? fops->open(inode, file) : 0;
}

static const struct file_operations misc_fops = {
    .llseek = noop_llseek,
    .open = misc_open,
};

int misc_register(struct miscdevice *misc) {
    int error = 0;
    bool is_dynamic = misc->minor == MISC_DYNAMIC_MINOR;

    INIT_LIST_HEAD(&misc->list);
    mutex_lock(&misc_mtx);
    if (is_dynamic) {
        int minor = misc_minor_alloc();
        if (minor < 0)
            error = minor;
        else
            misc->minor = minor;
    } else if (misc_find(misc->minor)) {
        error = -EBUSY;
    }
    if (!error) {
        dev_t dev = MKDEV(MISC_MAJOR, misc->minor);
        misc->this_device =
            device_create_with_groups(misc_class, misc->parent, dev, misc, misc->groups, "%s", misc->name);
        if (IS_ERR(misc->this_device)) {
            error = PTR_ERR(misc->this_device);
            if (is_dynamic)
                misc->minor = MISC_DYNAMIC_MINOR;
        } else {
            list_add(&misc->list, &misc_list);
        }
    }
    mutex_unlock(&misc_mtx);
    return error;
}

void misc_deregister(struct miscdevice *misc) {
    if (WARN_ON(list_empty(&misc->list)))
        return;
    mutex_lock(&misc_mtx);
    list_del(&misc->list);
    device_destroy(misc_class, MKDEV(MISC_MAJOR, misc->minor));
    mutex_unlock(&misc_mtx);
}

// /dev/NAME has the mode that the driver asks for, and perhaps another name.
static char *misc_devnode(struct device *dev, umode_t *mode) {
    struct miscdevice *misc = static_cast<struct miscdevice *>(dev_get_drvdata(dev));
    if (mode && misc->mode)
        *mode = misc->mode;
    return misc->nodename ? kstrdup(misc->nodename, GFP_KERNEL) : nullptr;
}

static int misc_show(struct seq_file *m, void *v) {
    struct miscdevice *misc;
    mutex_lock(&misc_mtx);
    list_for_each_entry (misc, &misc_list, list) {
        seq_printf(m, "%3i %s\n", misc->minor, misc->name ? misc->name : "");
    }
    mutex_unlock(&misc_mtx);
    return 0;
}

static int __init misc_init(void) {
    misc_class = class_create(THIS_MODULE, "misc");
    if (IS_ERR(misc_class))
        return PTR_ERR(misc_class);
    misc_class->devnode = misc_devnode;
    proc_create_single("misc", 0, nullptr, misc_show);
    return register_chrdev(MISC_MAJOR, "misc", &misc_fops);
}
subsys_initcall(misc_init);

EXPORT_SYMBOL(misc_register);
EXPORT_SYMBOL(misc_deregister);
