// SPDX-License-Identifier: Apache-2.0
//
// sysfs: a directory for each kernel object, a file for each attribute. A node's private_data is the attribute; whose
// attribute it is stands in the directory (for groups, in the directory above).
#include <linux/sysfs.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kernel/fs/vfs.h"

// One poll queue for all of sysfs: notifications are rare, and a poller looks at its own file's count.
static DECLARE_WAIT_QUEUE_HEAD(sysfs_pollers);

static struct dentry *sysfs_root() {
    return vfs_find(vfs_root, "sys");
}

// The object whose attribute a file is: directories of groups have none of their own.
static struct kobject *attribute_owner(const struct dentry *dentry) {
    const struct dentry *dir = dentry->d_parent;
    while (!dir->d_fsdata)
        dir = dir->d_parent;
    return static_cast<struct kobject *>(dir->d_fsdata);
}

static const struct sysfs_ops *ops_of(const struct dentry *dentry) {
    const struct kobject *kobj = attribute_owner(dentry);
    return kobj->ktype ? kobj->ktype->sysfs_ops : nullptr;
}

static int sysfs_show(struct seq_file *m, void *v) {
    const struct dentry *dentry = file_dentry(m->file);
    struct attribute *attr = static_cast<struct attribute *>(file_inode(m->file)->i_private);
    const struct sysfs_ops *ops = ops_of(dentry);
    char *page;

    if (!ops || !ops->show)
        return -EIO;
    size_t room = seq_get_buf(m, &page);
    if (room < PAGE_SIZE) {
        seq_commit(m, -1);
        return 0;
    }
    memset(page, 0, PAGE_SIZE);
    ssize_t count = ops->show(attribute_owner(dentry), attr, page);
    if (count < 0)
        return count;
    if (count >= static_cast<ssize_t>(PAGE_SIZE)) {
        pr_warn("fill_read_buffer: %pS returned bad count\n", reinterpret_cast<void *>(ops->show));
        count = PAGE_SIZE - 1;
    }
    seq_commit(m, count);
    return 0;
}

static int sysfs_open(struct inode *inode, struct file *file) {
    struct attribute *attr = static_cast<struct attribute *>(inode->i_private);
    const struct sysfs_ops *ops = ops_of(file_dentry(file));

    if ((file->f_mode & FMODE_WRITE) && (!(inode->i_mode & S_IWUGO) || !ops || !ops->store))
        return -EACCES;
    if ((file->f_mode & FMODE_READ) && (!(inode->i_mode & S_IRUGO) || !ops || !ops->show))
        return -EACCES;
    return single_open_size(file, sysfs_show, attr, 2 * PAGE_SIZE);
}

static ssize_t sysfs_write(struct file *file, const char __user *user, size_t count, loff_t *ppos) {
    struct attribute *attr = static_cast<struct attribute *>(file_inode(file)->i_private);
    const struct sysfs_ops *ops = ops_of(file_dentry(file));
    ssize_t length = min(count, static_cast<size_t>(PAGE_SIZE));

    char *text = static_cast<char *>(kmalloc(length + 1, GFP_KERNEL));
    if (!text)
        return -ENOMEM;
    if (copy_from_user(text, user, length)) {
        kfree(text);
        return -EFAULT;
    }
    text[length] = '\0';
    ssize_t done = ops->store(attribute_owner(file_dentry(file)), attr, text, length);
    if (done > 0)
        *ppos += done;
    kfree(text);
    return done;
}

static __poll_t sysfs_poll(struct file *file, struct poll_table_struct *table) {
    struct seq_file *m = static_cast<struct seq_file *>(file->private_data);
    int notified = READ_ONCE(file_inode(file)->i_rdev);

    poll_wait(file, &sysfs_pollers, table);
    if (m->poll_event != notified) {
        m->poll_event = notified;
        return DEFAULT_POLLMASK | EPOLLERR | EPOLLPRI;
    }
    return DEFAULT_POLLMASK;
}

static const struct file_operations sysfs_file_ops = {
    .llseek = seq_lseek,
    .read = seq_read,
    .write = sysfs_write,
    .poll = sysfs_poll,
    .open = sysfs_open,
    .release = single_release,
};

static ssize_t sysfs_bin_read(struct file *file, char __user *user, size_t count, loff_t *ppos) {
    struct bin_attribute *attr = static_cast<struct bin_attribute *>(file_inode(file)->i_private);
    loff_t pos = *ppos;

    if (!attr->read)
        return -EIO;
    if (attr->size) {
        if (pos >= static_cast<loff_t>(attr->size))
            return 0;
        count = min(count, static_cast<size_t>(attr->size - pos));
    }
    count = min(count, static_cast<size_t>(PAGE_SIZE));
    char *buf = static_cast<char *>(kzalloc(count, GFP_KERNEL));
    if (!buf)
        return -ENOMEM;
    ssize_t done = attr->read(file, attribute_owner(file_dentry(file)), attr, buf, pos, count);
    if (done > 0 && copy_to_user(user, buf, done))
        done = -EFAULT;
    if (done > 0)
        *ppos += done;
    kfree(buf);
    return done;
}

static ssize_t sysfs_bin_write(struct file *file, const char __user *user, size_t count, loff_t *ppos) {
    struct bin_attribute *attr = static_cast<struct bin_attribute *>(file_inode(file)->i_private);
    loff_t pos = *ppos;

    if (!attr->write)
        return -EIO;
    if (attr->size) {
        if (pos >= static_cast<loff_t>(attr->size))
            return -EFBIG;
        count = min(count, static_cast<size_t>(attr->size - pos));
    }
    count = min(count, static_cast<size_t>(PAGE_SIZE));
    char *buf = static_cast<char *>(kzalloc(count, GFP_KERNEL));
    if (!buf)
        return -ENOMEM;
    ssize_t done = copy_from_user(buf, user, count) ? -EFAULT : 0;
    if (!done)
        done = attr->write(file, attribute_owner(file_dentry(file)), attr, buf, pos, count);
    if (done > 0)
        *ppos += done;
    kfree(buf);
    return done;
}

static const struct file_operations sysfs_bin_ops = {
    .llseek = generic_file_llseek,
    .read = sysfs_bin_read,
    .write = sysfs_bin_write,
};

static void warn_duplicate(const struct dentry *parent, const char *name) {
    char path[256];
    const char *text = dentry_path_raw(parent, path, sizeof(path));
    pr_warn("sysfs: cannot create duplicate filename '%s/%s'\n", IS_ERR(text) ? "" : text + strlen("/sys"), name);
    dump_stack();
}

static struct dentry *create_node(struct dentry *parent, const char *name, umode_t mode,
                                  const struct file_operations *fops, void *data, const char *link = nullptr) {
    struct vfs_spec spec = {};
    spec.mode = mode;
    spec.fops = fops;
    spec.private_data = data;
    spec.flags = VFS_GUARDED;
    spec.gone_error = -ENODEV;
    spec.link = link;
    return vfs_create(parent, name, spec);
}

static int add_file(struct dentry *dir, const struct attribute *attr, umode_t mode) {
    struct dentry *file =
        create_node(dir, attr->name, S_IFREG | (mode & 0777), &sysfs_file_ops, const_cast<struct attribute *>(attr));
    if (IS_ERR(file) && PTR_ERR(file) == -EEXIST)
        warn_duplicate(dir, attr->name);
    if (!IS_ERR(file))
        file->d_inode->i_size = PAGE_SIZE;
    return PTR_ERR_OR_ZERO(file);
}

static int add_bin_file(struct dentry *dir, const struct bin_attribute *attr, umode_t mode) {
    struct dentry *file = create_node(dir, attr->attr.name, S_IFREG | (mode & 0777), &sysfs_bin_ops,
                                      const_cast<struct bin_attribute *>(attr));
    if (IS_ERR(file) && PTR_ERR(file) == -EEXIST)
        warn_duplicate(dir, attr->attr.name);
    if (!IS_ERR(file))
        file->d_inode->i_size = attr->size;
    return PTR_ERR_OR_ZERO(file);
}

static void remove_name(struct dentry *dir, const char *name) {
    struct dentry *child = dir ? vfs_find(dir, name) : nullptr;
    if (child)
        vfs_remove(child);
}

int sysfs_create_dir_ns(struct kobject *kobj, const void *ns) {
    struct dentry *parent = kobj->parent ? kobj->parent->sd : sysfs_root();
    if (!parent)
        return -ENOENT;
    struct dentry *dir = vfs_find(parent, kobject_name(kobj));
    // /sys/kernel and /sys/kernel/debug are there from the start, before their objects.
    if (dir && !dir->d_fsdata && S_ISDIR(dir->d_inode->i_mode) && parent == sysfs_root()) {
        dir->d_fsdata = kobj;
        kobj->sd = vfs_get(dir);
        return 0;
    }
    dir = create_node(parent, kobject_name(kobj), S_IFDIR | 0755, nullptr, nullptr);
    if (IS_ERR(dir)) {
        if (PTR_ERR(dir) == -EEXIST)
            warn_duplicate(parent, kobject_name(kobj));
        return PTR_ERR(dir);
    }
    dir->d_fsdata = kobj;
    kobj->sd = vfs_get(dir); // the object's own: a parent that goes first takes the name, not the node
    return 0;
}

void sysfs_remove_dir(struct kobject *kobj) {
    struct dentry *dir = kobj->sd;
    kobj->sd = nullptr;
    if (!dir)
        return;
    vfs_remove(dir);
    vfs_put(dir);
}

int sysfs_rename_dir_ns(struct kobject *kobj, const char *new_name, const void *new_ns) {
    return vfs_rename(kobj->sd, kobj->sd->d_parent, new_name);
}

int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name) {
    return PTR_ERR_OR_ZERO(create_node(parent_kobj->sd, name, S_IFDIR | 0755, nullptr, nullptr));
}

void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name) {
    remove_name(parent_kobj->sd, name);
}

int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns) {
    if (WARN_ON(!kobj || !kobj->sd || !attr))
        return -EINVAL;
    return add_file(kobj->sd, attr, attr->mode);
}

int sysfs_create_files(struct kobject *kobj, const struct attribute *const *attr) {
    for (int i = 0; attr[i]; i++) {
        int error = sysfs_create_file(kobj, attr[i]);
        if (error) {
            while (--i >= 0)
                sysfs_remove_file(kobj, attr[i]);
            return error;
        }
    }
    return 0;
}

int sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr, umode_t mode) {
    struct dentry *file = vfs_find(kobj->sd, attr->name);
    if (!file)
        return -ENOENT;
    file->d_inode->i_mode = S_IFREG | (mode & S_IALLUGO);
    return 0;
}

void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns) {
    remove_name(kobj->sd, attr->name);
}

void sysfs_remove_files(struct kobject *kobj, const struct attribute *const *attr) {
    for (int i = 0; attr[i]; i++)
        sysfs_remove_file(kobj, attr[i]);
}

int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr) {
    if (WARN_ON(!kobj || !kobj->sd || !attr))
        return -EINVAL;
    return add_bin_file(kobj->sd, attr, attr->attr.mode);
}

void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr) {
    remove_name(kobj->sd, attr->attr.name);
}

int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name) {
    struct dentry *parent = kobj ? kobj->sd : sysfs_root();
    char path[256];

    if (!parent || !target->sd)
        return -ENOENT;
    const char *to = dentry_path_raw(target->sd, path, sizeof(path));
    if (IS_ERR(to))
        return PTR_ERR(to);
    return PTR_ERR_OR_ZERO(create_node(parent, name, S_IFLNK | 0777, nullptr, nullptr, to));
}

int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name) {
    int error = sysfs_create_link_nowarn(kobj, target, name);
    if (error == -EEXIST)
        warn_duplicate(kobj ? kobj->sd : sysfs_root(), name);
    return error;
}

void sysfs_remove_link(struct kobject *kobj, const char *name) {
    remove_name(kobj ? kobj->sd : sysfs_root(), name);
}

// Groups.
static void group_remove_files(struct dentry *dir, const struct attribute_group *grp) {
    for (int i = 0; grp->attrs && grp->attrs[i]; i++)
        remove_name(dir, grp->attrs[i]->name);
    for (int i = 0; grp->bin_attrs && grp->bin_attrs[i]; i++)
        remove_name(dir, grp->bin_attrs[i]->attr.name);
}

static int group_add_files(struct kobject *kobj, struct dentry *dir, const struct attribute_group *grp) {
    int error = 0;
    for (int i = 0; grp->attrs && grp->attrs[i] && !error; i++) {
        umode_t mode = grp->attrs[i]->mode;
        if (grp->is_visible)
            mode = grp->is_visible(kobj, grp->attrs[i], i);
        if (mode)
            error = add_file(dir, grp->attrs[i], mode);
    }
    for (int i = 0; grp->bin_attrs && grp->bin_attrs[i] && !error; i++) {
        umode_t mode = grp->bin_attrs[i]->attr.mode;
        if (grp->is_bin_visible)
            mode = grp->is_bin_visible(kobj, grp->bin_attrs[i], i);
        if (mode)
            error = add_bin_file(dir, grp->bin_attrs[i], mode);
    }
    return error;
}

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp) {
    if (WARN_ON(!kobj || !kobj->sd))
        return -EINVAL;
    if (!grp->attrs && !grp->bin_attrs) {
        WARN(1, "sysfs: (bin_)attrs not set by subsystem for group: %s/%s\n", kobj->name, grp->name ? grp->name : "");
        return -EINVAL;
    }
    struct dentry *dir = kobj->sd;
    if (grp->name) {
        dir = create_node(kobj->sd, grp->name, S_IFDIR | 0755, nullptr, nullptr);
        if (IS_ERR(dir)) {
            if (PTR_ERR(dir) == -EEXIST)
                warn_duplicate(kobj->sd, grp->name);
            return PTR_ERR(dir);
        }
    }
    int error = group_add_files(kobj, dir, grp);
    if (error && grp->name)
        vfs_remove(dir);
    else if (error)
        group_remove_files(dir, grp);
    return error;
}

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups) {
    for (int i = 0; groups && groups[i]; i++) {
        int error = sysfs_create_group(kobj, groups[i]);
        if (error) {
            while (--i >= 0)
                sysfs_remove_group(kobj, groups[i]);
            return error;
        }
    }
    return 0;
}

int sysfs_update_group(struct kobject *kobj, const struct attribute_group *grp) {
    struct dentry *dir = grp->name ? vfs_find(kobj->sd, grp->name) : kobj->sd;
    if (!dir)
        return -ENOENT;
    group_remove_files(dir, grp);
    return group_add_files(kobj, dir, grp);
}

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp) {
    if (!kobj->sd)
        return;
    if (!grp->name) {
        group_remove_files(kobj->sd, grp);
        return;
    }
    if (!vfs_find(kobj->sd, grp->name)) {
        WARN(1, "sysfs group '%s' not found for kobject '%s'\n", grp->name, kobject_name(kobj));
        return;
    }
    remove_name(kobj->sd, grp->name);
}

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups) {
    for (int i = 0; groups && groups[i]; i++)
        sysfs_remove_group(kobj, groups[i]);
}

int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group) {
    struct dentry *dir = group ? vfs_find(kobj->sd, group) : kobj->sd;
    return dir ? add_file(dir, attr, attr->mode) : -ENOENT;
}

void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr, const char *group) {
    remove_name(group ? vfs_find(kobj->sd, group) : kobj->sd, attr->name);
}

void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr) {
    struct dentry *dentry = kobj->sd;
    if (dentry && dir)
        dentry = vfs_find(dentry, dir);
    if (dentry && attr)
        dentry = vfs_find(dentry, attr);
    if (!dentry)
        return;
    dentry->d_inode->i_rdev++; // regular files have no device number: it counts notifications
    wake_up_interruptible(&sysfs_pollers);
}

static int emit(char *buf, int at, const char *fmt, va_list args) {
    return vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
}

int sysfs_emit(char *buf, const char *fmt, ...) {
    if (WARN(!buf, "invalid sysfs_emit: buf:%p\n", buf))
        return 0;
    va_list args;
    va_start(args, fmt);
    int length = emit(buf, 0, fmt, args);
    va_end(args);
    return length;
}

int sysfs_emit_at(char *buf, int at, const char *fmt, ...) {
    if (WARN(!buf || at < 0 || at >= static_cast<int>(PAGE_SIZE), "invalid sysfs_emit_at: buf:%p at:%d\n", buf, at))
        return 0;
    va_list args;
    va_start(args, fmt);
    int length = emit(buf, at, fmt, args);
    va_end(args);
    return length;
}

int sysfs_init() {
    kernel_kobj = kobject_create_and_add("kernel", nullptr);
    firmware_kobj = kobject_create_and_add("firmware", nullptr);
    power_kobj = kobject_create_and_add("power", nullptr);
    return kernel_kobj && firmware_kobj && power_kobj ? 0 : -ENOMEM;
}

EXPORT_SYMBOL_GPL(sysfs_create_file_ns);
EXPORT_SYMBOL_GPL(sysfs_create_files);
EXPORT_SYMBOL_GPL(sysfs_chmod_file);
EXPORT_SYMBOL_GPL(sysfs_remove_file_ns);
EXPORT_SYMBOL_GPL(sysfs_remove_files);
EXPORT_SYMBOL_GPL(sysfs_create_bin_file);
EXPORT_SYMBOL_GPL(sysfs_remove_bin_file);
EXPORT_SYMBOL_GPL(sysfs_create_link);
EXPORT_SYMBOL_GPL(sysfs_remove_link);
EXPORT_SYMBOL_GPL(sysfs_create_group);
EXPORT_SYMBOL_GPL(sysfs_create_groups);
EXPORT_SYMBOL_GPL(sysfs_update_group);
EXPORT_SYMBOL_GPL(sysfs_remove_group);
EXPORT_SYMBOL_GPL(sysfs_remove_groups);
EXPORT_SYMBOL_GPL(sysfs_add_file_to_group);
EXPORT_SYMBOL_GPL(sysfs_remove_file_from_group);
EXPORT_SYMBOL_GPL(sysfs_notify);
EXPORT_SYMBOL_GPL(sysfs_emit);
EXPORT_SYMBOL_GPL(sysfs_emit_at);
