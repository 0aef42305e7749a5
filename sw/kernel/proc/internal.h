// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_PROC_INTERNAL_H
#define KERNEL_PROC_INTERNAL_H

#include <linux/proc_fs.h>

struct dentry;

// An entry of /proc. It goes with its node in the tree, when the last open file has been closed.
struct proc_dir_entry {
    const struct proc_ops *proc_ops;
    const struct seq_operations *seq_ops; // proc_create_seq_*
    int (*single_show)(struct seq_file *, void *);
    unsigned int state_size;
    void *data;
    struct dentry *dentry;
    struct proc_dir_entry *parent;
};

// The entry of a regular file, null if it is not in /proc.
const struct proc_dir_entry *proc_entry_of(const struct inode *inode);

#endif
