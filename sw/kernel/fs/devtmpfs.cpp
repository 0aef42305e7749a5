// SPDX-License-Identifier: Apache-2.0
#include "kernel/fs/devtmpfs.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/fs/internal.h"
#include "kernel/fs/vfs.h"

static struct dentry *dev_directory() {
    return vfs_mkdir_path("dev");
}

int devtmpfs_mknod(const char *name, umode_t mode, dev_t devt) {
    struct dentry *dir = dev_directory();
    char path[64];

    if (const char *slash = strrchr(name, '/')) {
        snprintf(path, sizeof(path), "dev/%.*s", static_cast<int>(slash - name), name);
        dir = vfs_mkdir_path(path);
        name = slash + 1;
    }
    if (IS_ERR(dir))
        return PTR_ERR(dir);
    struct vfs_spec spec = {};
    spec.mode = mode;
    spec.fops = &def_chr_fops;
    spec.rdev = devt;
    return PTR_ERR_OR_ZERO(vfs_create(dir, name, spec));
}

int devtmpfs_unlink(const char *name) {
    char path[64];

    snprintf(path, sizeof(path), "/dev/%s", name);
    struct dentry *dentry = vfs_lookup(path, false);
    if (IS_ERR(dentry))
        return PTR_ERR(dentry);
    cd_forget(dentry->d_inode);
    vfs_remove(dentry);
    vfs_put(dentry);
    return 0;
}

// A name below /dev, and the mode that its class may have chosen.
static const char *ask_for_name(struct device *dev, umode_t *mode, char *buf, size_t size) {
    char *chosen = nullptr;
    if (dev->type && dev->type->devnode) {
        kuid_t uid = {};
        kgid_t gid = {};
        chosen = dev->type->devnode(dev, mode, &uid, &gid);
    }
    if (!chosen && dev->class_ && dev->class_->devnode)
        chosen = dev->class_->devnode(dev, mode);
    strscpy(buf, chosen ? chosen : dev_name(dev), size);
    strreplace(buf, '!', '/');
    kfree(chosen);
    return buf;
}

const char *devtmpfs_node_name(struct device *dev, char *buf, size_t size) {
    umode_t mode = 0;
    return ask_for_name(dev, &mode, buf, size);
}

int devtmpfs_create_node(struct device *dev) {
    umode_t chosen = 0;
    char buf[64];
    const char *name = ask_for_name(dev, &chosen, buf, sizeof(buf));

    return devtmpfs_mknod(name, S_IFCHR | (chosen ? chosen : 0600), dev->devt);
}

int devtmpfs_delete_node(struct device *dev) {
    char buf[64];
    return devtmpfs_unlink(devtmpfs_node_name(dev, buf, sizeof(buf)));
}
