// SPDX-License-Identifier: Apache-2.0
//
// The device tree as files: /sys/firmware/devicetree/base, and /proc/device-tree, which leads there. A node is a folder
// with a file for each property; its children are made when somebody looks into it.
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/of.h>
#include <linux/proc_fs.h>

#include "kernel/fs/vfs.h"

namespace {

ssize_t read_property(struct file *file, char __user *buffer, size_t size, loff_t *pos) {
    const auto *p = static_cast<const struct property *>(file->f_inode->i_private);
    return simple_read_from_buffer(buffer, size, pos, p->value, p->length);
}

const struct file_operations property_operations = {.llseek = default_llseek, .read = read_property};

void add_property(struct dentry *folder, struct property *p) {
    struct vfs_spec spec = {};
    spec.mode = S_IFREG | 0444;
    spec.fops = &property_operations;
    spec.private_data = p;
    struct dentry *file = vfs_create(folder, p->name, spec);
    if (!IS_ERR(file))
        file->d_inode->i_size = p->length;
}

void add_node(struct dentry *parent, const char *name, struct device_node *node);

void fill_node(struct dentry *folder) {
    auto *node = static_cast<struct device_node *>(folder->d_inode->i_private);
    for (struct property *p = node->properties; p; p = p->next)
        add_property(folder, p);
    for (struct device_node *child = node->child; child; child = child->sibling)
        add_node(folder, child->full_name, child);
}

void add_node(struct dentry *parent, const char *name, struct device_node *node) {
    struct vfs_spec spec = {};
    spec.mode = S_IFDIR | 0755;
    spec.private_data = node;
    spec.fill = fill_node;
    vfs_create(parent, name, spec);
}

int __init of_files_init() {
    struct dentry *parent = vfs_mkdir_path("sys/firmware/devicetree");
    if (IS_ERR(parent) || !of_root)
        return PTR_ERR_OR_ZERO(parent);
    add_node(parent, "base", of_root);
    return proc_symlink("device-tree", nullptr, "/sys/firmware/devicetree/base") ? 0 : -ENOMEM;
}
core_initcall(of_files_init);

} // namespace
