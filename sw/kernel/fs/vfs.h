// SPDX-License-Identifier: Apache-2.0
//
// The one tree of names in which /proc, /sys, /sys/kernel/debug and /dev live. It is all in memory: a name exists
// because kernel code made it. Each of those file systems turns its own objects into nodes here and gives them file
// operations; opening, reading, removing and listing are the same for all.
//
// Guarded nodes (procfs, sysfs, debugfs) may go while somebody has them open or is inside one of their methods: removal
// waits for the calls in progress, calls release for every file that is open, and later calls on those files fail with
// the node's own error. So the module that made the node can be unloaded after vfs_remove() has returned.
//
// All of it is for process context: one mutex guards the shape of the tree.
#ifndef KERNEL_FS_VFS_H
#define KERNEL_FS_VFS_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kref.h>

#include "kernel/module/owned.h"

enum : unsigned {
    VFS_GUARDED = 1u << 0,
};

// What a program's mkdir and rmdir in a directory, and of it, do; without these both answer -EPERM.
struct vfs_dir_ops {
    int (*mkdir)(struct dentry *dir, const char *name);
    int (*rmdir)(struct dentry *dir);
};

struct vfs_node {
    struct dentry dentry;
    struct inode inode;
    unsigned flags;
    int gone_error; // what a guarded node answers after its removal: -EIO, -ENODEV
    // Calls in progress; once the node is going, less by VFS_GONE, so that no call gets in.
    atomic_t active;
    struct completion drained;
    struct list_head openers;
    struct kref kref;
    void (*release)(struct vfs_node *node); // the owner's, for i_private; may be null
    void (*fill)(struct dentry *folder);    // not called yet
    const struct vfs_dir_ops *dir_ops;
};

static inline struct vfs_node *vfs_node(const struct dentry *dentry) {
    return container_of(const_cast<struct dentry *>(dentry), struct vfs_node, dentry);
}

static inline struct vfs_node *vfs_node_of_inode(const struct inode *inode) {
    return container_of(const_cast<struct inode *>(inode), struct vfs_node, inode);
}

// What a new node is.
struct vfs_spec {
    umode_t mode;
    const struct file_operations *fops; // null for directories
    void *private_data;                 // inode.i_private
    unsigned flags;
    int gone_error;
    dev_t rdev;
    const char *link; // symbolic links: where to; copied
    void (*release)(struct vfs_node *node);
    // Makes a folder's children when somebody first looks into it, so that a tree that is not read costs nothing.
    void (*fill)(struct dentry *folder);
    const struct vfs_dir_ops *dir_ops;
};

extern struct dentry *vfs_root;

// A new child; an error pointer: -EEXIST, -ENOTDIR, -ENOENT when the parent is gone, -ENOMEM. The tree holds the
// reference.
struct dentry *vfs_create(struct dentry *parent, const char *name, const struct vfs_spec &spec);
struct dentry *vfs_mkdir(struct dentry *parent, const char *name);
// Directories that are missing on the way are made; a path from the root, without leading '/'.
struct dentry *vfs_mkdir_path(const char *path);

// What a program does with a path. 0, or an error.
int vfs_program_mkdir(const char *path);
int vfs_program_rmdir(const char *path);

// A child by name, without a reference; null if there is none.
struct dentry *vfs_find(struct dentry *parent, const char *name);

// By path, symbolic links followed (the last component's only if `follow`). With a reference, to be given back by
// vfs_put; error pointers -ENOENT, -ENOTDIR, -ELOOP.
struct dentry *vfs_lookup(const char *path, bool follow);
struct dentry *vfs_get(struct dentry *dentry);
void vfs_put(struct dentry *dentry);

// Takes a node and all below it out of the tree; see above for what it waits for. A node that is out already stays so.
void vfs_remove(struct dentry *dentry);
int vfs_rename(struct dentry *dentry, struct dentry *new_parent, const char *new_name);

// A node that a module has made, by any function.
extern const owned_kind owned_file;
// Notes a node that the exported function with this frame has made; error pointers are none.
struct dentry *note_file(struct dentry *made, const void *frame);

// Brackets a call into a node's owner. False: the node is going or gone.
bool vfs_enter(struct vfs_node *node);
void vfs_leave(struct vfs_node *node);

// Calls fn for each child in the order of creation until it returns false. The tree stays as it is meanwhile.
void vfs_for_each_child(struct dentry *dir, bool (*fn)(struct dentry *child, void *arg), void *arg);

// Keeps the shape of the tree, for those who walk it themselves.
void vfs_lock(void);
void vfs_unlock(void);

// A file that is in no directory, as if it had been opened.
struct file *vfs_open_anonymous(const char *name, const struct file_operations *fops, void *priv, int flags);

// Opens a node that the caller has a reference to (filp_open's second half).
struct file *vfs_open_dentry(struct dentry *dentry, int flags);

#endif
