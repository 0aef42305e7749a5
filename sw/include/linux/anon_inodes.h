/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_ANON_INODES_H
#define _LINUX_ANON_INODES_H

#include <linux/compiler.h>
#include <linux/types.h>

struct file;
struct file_operations;
struct inode;

__BEGIN_DECLS
/* Always -EMFILE: no program here has file descriptors. */
int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags);
__END_DECLS

#endif
