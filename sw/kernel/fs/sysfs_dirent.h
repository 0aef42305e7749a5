// SPDX-License-Identifier: Apache-2.0
// Files of sysfs that interrupts tell of: looked up beforehand, with a reference (Linux: linux/sysfs.h, kernfs).
#ifndef KERNEL_FS_SYSFS_DIRENT_H
#define KERNEL_FS_SYSFS_DIRENT_H

struct dentry;

// With a reference; null if there is none. May sleep.
struct dentry *sysfs_get_dirent(struct dentry *folder, const char *name);
void sysfs_put(struct dentry *file);
// Wakes who polls the file, as sysfs_notify() does. Any context; the file may have been removed.
void sysfs_notify_dirent(struct dentry *file);

#endif
