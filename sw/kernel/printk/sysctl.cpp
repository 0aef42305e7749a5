// SPDX-License-Identifier: Apache-2.0
//
// /proc/sys/kernel/printk: console, default, minimum and default console loglevel, as proc(5) describes them. What is
// written sets as many of them as it has numbers.
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kernel/proc/sysctl.h"

namespace {

ssize_t read_levels(struct file *, char __user *to, size_t count, loff_t *pos) {
    char text[64];
    const int *level = console_printk;
    const int length = scnprintf(text, sizeof(text), "%d\t%d\t%d\t%d\n", level[0], level[1], level[2], level[3]);
    return simple_read_from_buffer(to, count, pos, text, length);
}

ssize_t write_levels(struct file *, const char __user *from, size_t count, loff_t *pos) {
    char text[64] = {};
    const size_t most = sizeof(text) - 1;
    if (copy_from_user(text, from, min(count, most)))
        return -EFAULT;
    char *rest = text;
    for (int &level : console_printk) {
        rest = skip_spaces(rest);
        char *word = strsep(&rest, " \t\n");
        int value;
        if (!*word)
            break;
        if (kstrtoint(word, 0, &value))
            return -EINVAL;
        level = value;
        if (!rest)
            break;
    }
    *pos += count;
    return count;
}

struct proc_ops operations;

int __init printk_sysctl_init() {
    operations.proc_read = read_levels;
    operations.proc_write = write_levels;
    return proc_create("printk", 0644, sysctl_kernel_folder(), &operations) ? 0 : -ENOMEM;
}
fs_initcall(printk_sysctl_init);

} // namespace
