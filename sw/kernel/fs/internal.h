// SPDX-License-Identifier: Apache-2.0
//
// What the files of this folder share with each other and with kernel/proc.
#ifndef KERNEL_FS_INTERNAL_H
#define KERNEL_FS_INTERNAL_H

#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

// Opens a character device by the number in its inode.
extern const struct file_operations def_chr_fops;

// The lines of /proc/devices.
void chrdev_show(struct seq_file *m);

#endif
