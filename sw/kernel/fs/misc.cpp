// SPDX-License-Identifier: Apache-2.0
//
// Misc devices (Linux: drivers/char/misc.c): all behind major 10, found by their minor at open. One mutex is held while
// a driver's open runs, so that misc_deregister returns only when no open is under way.
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

#include "kernel/fs/internal.h"
#include "kernel/module/owned.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"

static LIST_HEAD(misc_list);
static DEFINE_MUTEX(misc_mtx);
static struct class_ *misc_class;

static struct miscdevice *misc_find(int minor) {
    return find_in<&miscdevice::list>(misc_list, [minor](const miscdevice &m) { return m.minor == minor; });
}

// A minor that nothing has: from 127 down, then from 256 up.
static result<int> free_minor() {
    for (int candidate = 127; candidate >= 0; candidate--)
        if (!misc_find(candidate))
            return candidate;
    for (int candidate = MISC_DYNAMIC_MINOR + 1; candidate <= static_cast<int>(MINORMASK); candidate++)
        if (!misc_find(candidate))
            return candidate;
    return failure(-EBUSY);
}

static int misc_open(struct inode *inode, struct file *file) {
    hold no_deregister(misc_mtx);
    struct miscdevice *misc = misc_find(static_cast<int>(iminor(inode)));
    const struct file_operations *fops = misc ? fops_get(misc->fops) : nullptr;

    if (!fops)
        return -ENODEV;
    file->private_data = misc;
    replace_fops(file, fops);
    return fops->open ? fops->open(inode, file) : 0;
}

static const struct file_operations misc_fops = {
    .llseek = noop_llseek,
    .open = misc_open,
};

static const owned_kind owned_misc = {"misc device %s still registered", [](const void *object, char *, size_t) {
                                          return static_cast<const miscdevice *>(object)->name;
                                      }};

int misc_register(struct miscdevice *misc) {
    const int asked_for = misc->minor;
    hold l(misc_mtx);
    result<int> minor = asked_for;

    INIT_LIST_HEAD(&misc->list);
    if (asked_for == MISC_DYNAMIC_MINOR)
        minor = free_minor();
    else if (misc_find(asked_for))
        minor = failure(-EBUSY);
    if (!minor)
        return minor.error();
    misc->minor = *minor;
    struct device *made = device_create_with_groups(misc_class, misc->parent, MKDEV(MISC_MAJOR, *minor), misc,
                                                    misc->groups, "%s", misc->name);
    misc->this_device = made;
    if (IS_ERR(made)) {
        misc->minor = asked_for;
        return static_cast<int>(PTR_ERR(made));
    }
    list_add(&misc->list, &misc_list);
    owned_note(owned_misc, misc);
    return 0;
}
EXPORT_SYMBOL(misc_register);

void misc_deregister(struct miscdevice *misc) {
    const bool registered = !list_empty(&misc->list);

    if (!WARN_ON(!registered)) {
        const dev_t number = MKDEV(MISC_MAJOR, misc->minor);
        owned_strike(misc);
        const hold no_open(misc_mtx);
        device_destroy(misc_class, number);
        list_del(&misc->list);
    }
}
EXPORT_SYMBOL(misc_deregister);

// /dev/NAME has the mode that the driver asks for, and perhaps another name.
static char *node_of(struct device *dev, umode_t *mode) {
    const auto &misc = *static_cast<const struct miscdevice *>(dev->driver_data);

    if (misc.mode && mode)
        *mode = misc.mode;
    return kstrdup(misc.nodename, GFP_KERNEL); // null stays null
}

static int misc_show(struct seq_file *m, void *) {
    hold l(misc_mtx);
    for (const miscdevice &misc : list_of<&miscdevice::list>(misc_list))
        seq_printf(m, "%3i %s\n", misc.minor, misc.name ? misc.name : "");
    return 0;
}

static int __init misc_init(void) {
    misc_class = class_create(THIS_MODULE, "misc");
    if (IS_ERR(misc_class))
        return PTR_ERR(misc_class);
    misc_class->devnode = node_of;
    proc_create_single("misc", 0, nullptr, misc_show);
    return register_chrdev(MISC_MAJOR, "misc", &misc_fops);
}
subsys_initcall(misc_init);
