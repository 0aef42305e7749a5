// SPDX-License-Identifier: Apache-2.0
// Files without a name, which a driver hands to a program as a descriptor (Linux: fs/anon_inodes.c). Programs have no
// descriptors here: the shell opens a file by its name and closes it again.
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/file.h>

int anon_inode_getfd(const char *, const struct file_operations *, void *, int) {
    return -EMFILE;
}
EXPORT_SYMBOL_GPL(anon_inode_getfd);

unsigned long __fdget(unsigned int) {
    return 0; // no such file
}
EXPORT_SYMBOL(__fdget);
