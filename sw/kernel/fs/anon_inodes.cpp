// SPDX-License-Identifier: Apache-2.0
// Files without a name, which a driver hands to a program as a descriptor (Linux: fs/anon_inodes.c).
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/file.h>

#include "kernel/fs/vfs.h"

struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv, int flags) {
    return vfs_open_anonymous(name, fops, priv, flags);
}
EXPORT_SYMBOL_GPL(anon_inode_getfile);

int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags) {
    const int fd = get_unused_fd_flags(static_cast<unsigned>(flags));
    if (fd < 0)
        return fd;
    struct file *file = anon_inode_getfile(name, fops, priv, flags);
    if (IS_ERR(file)) {
        put_unused_fd(static_cast<unsigned>(fd));
        return PTR_ERR(file);
    }
    fd_install(static_cast<unsigned>(fd), file);
    return fd;
}
EXPORT_SYMBOL_GPL(anon_inode_getfd);
