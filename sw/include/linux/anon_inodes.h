/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_ANON_INODES_H
#define _LINUX_ANON_INODES_H

#include <linux/compiler.h>
#include <linux/types.h>

struct file;
struct file_operations;
struct inode;

__BEGIN_DECLS
/* A file without a name; ERR_PTR(-ENOENT) when the module of fops goes, ERR_PTR(-ENOMEM). May sleep. */
struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv, int flags);
/* The same as a descriptor of the program that calls; -EMFILE where there are too many. */
int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags);
__END_DECLS

#endif
