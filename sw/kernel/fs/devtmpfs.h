/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Device nodes below /dev. The driver core calls these for each device that has a device number (Linux's
 * drivers/base/base.h has the same two); process context.
 */
#ifndef KERNEL_FS_DEVTMPFS_H
#define KERNEL_FS_DEVTMPFS_H

#include <linux/compiler.h>
#include <linux/types.h>

struct device;

__BEGIN_DECLS

/* The node's name is dev_name() (its class's devnode may choose another), with '!' for '/'. 0 or an error. */
int devtmpfs_create_node(struct device *dev);
int devtmpfs_delete_node(struct device *dev);
/* The name below /dev, in `buf`. */
const char *devtmpfs_node_name(struct device *dev, char *buf, size_t size);

/* The same by name, for nodes without a device; mode with S_IFCHR or S_IFBLK. */
int devtmpfs_mknod(const char *name, umode_t mode, dev_t devt);
int devtmpfs_unlink(const char *name);

__END_DECLS

#endif
