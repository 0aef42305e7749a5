// SPDX-License-Identifier: Apache-2.0
//
// /dev/null, /dev/zero, /dev/full (Linux: drivers/char/mem.c): major 1, a device of class "mem" each.
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/major.h>
#include <linux/uaccess.h>

namespace {

ssize_t read_nothing(struct file *, char __user *, size_t, loff_t *) {
    return 0;
}

ssize_t read_zeroes(struct file *, char __user *buffer, size_t count, loff_t *) {
    const size_t left = clear_user(buffer, count);
    return left == count && count ? -EFAULT : static_cast<ssize_t>(count - left);
}

ssize_t write_to_nowhere(struct file *, const char __user *, size_t count, loff_t *pos) {
    *pos += count;
    return count;
}

ssize_t no_room(struct file *, const char __user *, size_t, loff_t *) {
    return -ENOSPC;
}

const struct {
    unsigned minor;
    const char *name;
    struct file_operations operations;
} devices[] = {
    {3, "null", {.llseek = noop_llseek, .read = read_nothing, .write = write_to_nowhere}},
    {5, "zero", {.llseek = noop_llseek, .read = read_zeroes, .write = write_to_nowhere}},
    {7, "full", {.llseek = noop_llseek, .read = read_zeroes, .write = no_room}},
};

// The first open chooses the device's operations, which the file keeps.
int open_by_minor(struct inode *inode, struct file *file) {
    for (const auto &d : devices) {
        if (d.minor == iminor(inode)) {
            replace_fops(file, &d.operations);
            return 0;
        }
    }
    return -ENXIO;
}

const struct file_operations chooser = {.llseek = noop_llseek, .open = open_by_minor};

int __init chr_dev_init() {
    const int error = register_chrdev(MEM_MAJOR, "mem", &chooser);
    if (error)
        return error;
    struct class_ *mem = class_create(THIS_MODULE, "mem");
    if (IS_ERR(mem))
        return PTR_ERR(mem);
    mem->devnode = [](struct device *, umode_t *mode) -> char * {
        if (mode)
            *mode = 0666;
        return nullptr;
    };
    for (const auto &d : devices)
        device_create(mem, nullptr, MKDEV(MEM_MAJOR, d.minor), nullptr, "%s", d.name);
    return 0;
}
fs_initcall(chr_dev_init);

} // namespace
