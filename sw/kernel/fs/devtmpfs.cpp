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

// The name under /dev, which the caller frees when *tmp is not null.
static const char *node_name(struct device *dev, umode_t *mode, const char **tmp) {
    *tmp = nullptr;
    if (dev->class_ && dev->class_->devnode)
        *tmp = dev->class_->devnode(dev, mode);
    return *tmp ? *tmp : dev_name(dev);
}

static void slashes(char *text, size_t size, const char *name) {
    strscpy(text, name, size);
    strreplace(text, '!', '/');
}

int devtmpfs_create_node(struct device *dev) {
    umode_t mode = 0;
    const char *tmp;
    char name[64];

    slashes(name, sizeof(name), node_name(dev, &mode, &tmp));
    int error = devtmpfs_mknod(name, (mode ? mode : 0600) | S_IFCHR, dev->devt);
    kfree(tmp);
    return error;
}

int devtmpfs_delete_node(struct device *dev) {
    const char *tmp;
    char name[64];

    slashes(name, sizeof(name), node_name(dev, nullptr, &tmp));
    int error = devtmpfs_unlink(name);
    kfree(tmp);
    return error;
}
