// SPDX-License-Identifier: Apache-2.0
//
// sysfs (Linux: fs/sysfs, fs/kernfs): a directory for each kernel object, a file for each attribute. A node's
// private_data is the attribute; whose attribute it is stands in the directory (for groups, in the directory above).
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

#include "kernel/fs/sysfs_dirent.h"
#include "kernel/fs/vfs.h"
#include "lib/guard.h"
#include "lib/ranges.h"

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

// How often an attribute was notified, from 1 on. Regular files have no device number: its place keeps the count.
static int notifications_of(const struct file *file) {
    return static_cast<int>(READ_ONCE(file_inode(file)->i_rdev)) + 1;
}

// Attributes of all kinds have their show function behind what they share.
static void warn_count(const struct sysfs_ops *ops, const struct attribute *attr) {
    const void *show = READ_ONCE(*reinterpret_cast<const void *const *>(attr + 1));

    pr_warn("fill_read_buffer: %pS returned bad count\n", reinterpret_cast<void *>(ops->show));
    report_defect_at(show, "sysfs: the show function of %s returned bad count", attr->name);
}

// What an attribute's show says, a page at most; or its error.
static ssize_t say(const struct sysfs_ops *ops, struct seq_file *m, char *page) {
    auto *attr = static_cast<struct attribute *>(file_inode(m->file)->i_private);
    const auto most = static_cast<ssize_t>(PAGE_SIZE) - 1;

    memset(page, 0, PAGE_SIZE);
    const ssize_t said = ops->show(attribute_owner(file_dentry(m->file)), attr, page);
    if (said > most)
        warn_count(ops, attr);
    return min(said, most);
}

// (Linux: sysfs_kf_seq_show)
static int sysfs_show(struct seq_file *m, void *) {
    const struct sysfs_ops *ops = ops_of(file_dentry(m->file));
    char *page;
    ssize_t said = -1; // the buffer is too small: seq_file comes again with a larger one

    if (!ops || !ops->show)
        return -EIO;
    if (seq_get_buf(m, &page) >= PAGE_SIZE) {
        m->poll_event = notifications_of(m->file);
        said = say(ops, m, page);
        if (said < 0)
            return static_cast<int>(said);
    }
    seq_commit(m, static_cast<int>(said));
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

// Readable and writable always; an exception is what a reader has not read yet, so also a file that was only opened.
static __poll_t sysfs_poll(struct file *file, struct poll_table_struct *table) {
    const struct seq_file *m = static_cast<const struct seq_file *>(file->private_data);

    poll_wait(file, &sysfs_pollers, table);
    const bool unread = m->poll_event != notifications_of(file);
    return unread ? DEFAULT_POLLMASK | EPOLLERR | EPOLLPRI : DEFAULT_POLLMASK;
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
    char *buf = static_cast<char *>(kzalloc(count + 1, GFP_KERNEL)); // ends with NUL, as text does
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
    report_defect("sysfs: cannot create duplicate filename '%s'", name);
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

// A node, and a report where its name is taken.
static struct dentry *create_or_complain(struct dentry *parent, const char *name, umode_t mode,
                                         const struct file_operations *fops = nullptr, const void *data = nullptr) {
    struct dentry *made = create_node(parent, name, mode, fops, const_cast<void *>(data));
    if (made == ERR_PTR(-EEXIST))
        warn_duplicate(parent, name);
    return made;
}

static int add_file(struct dentry *dir, const struct attribute *attr, umode_t mode) {
    struct dentry *file = create_or_complain(dir, attr->name, S_IFREG | (mode & 0777), &sysfs_file_ops, attr);
    if (!IS_ERR(file))
        file->d_inode->i_size = PAGE_SIZE;
    return PTR_ERR_OR_ZERO(file);
}

// What a call with this frame has made, by its name.
static int note_made(int error, struct dentry *dir, const char *name, const void *frame) {
    if (!error)
        note_file(vfs_find(dir, name), frame);
    return error;
}

static int add_bin_file(struct dentry *dir, const struct bin_attribute *attr, umode_t mode) {
    struct dentry *file = create_or_complain(dir, attr->attr.name, S_IFREG | (mode & 0777), &sysfs_bin_ops, attr);
    if (!IS_ERR(file))
        file->d_inode->i_size = attr->size;
    return PTR_ERR_OR_ZERO(file);
}

static void remove_name(struct dentry *dir, const char *name) {
    struct dentry *child = dir ? vfs_find(dir, name) : nullptr;
    if (child)
        vfs_remove(child);
}

// /sys/kernel and /sys/kernel/debug are there from the start, before their objects.
static struct dentry *waiting_for_owner(struct dentry *parent, const char *name) {
    struct dentry *dir = parent == sysfs_root() ? vfs_find(parent, name) : nullptr;
    return dir && !dir->d_fsdata && S_ISDIR(dir->d_inode->i_mode) ? dir : nullptr;
}

int sysfs_create_dir_ns(struct kobject *kobj, const void *) {
    const char *name = kobject_name(kobj);
    struct dentry *above = kobj->parent ? kobj->parent->sd : sysfs_root();
    struct dentry *dir = above ? waiting_for_owner(above, name) : nullptr;

    if (above && !dir)
        dir = create_or_complain(above, name, S_IFDIR | 0755);
    if (IS_ERR_OR_NULL(dir))
        return dir ? static_cast<int>(PTR_ERR(dir)) : -ENOENT;
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

int sysfs_rename_dir_ns(struct kobject *kobj, const char *new_name, const void *) {
    return vfs_rename(kobj->sd, kobj->sd->d_parent, new_name);
}

int sysfs_move_dir_ns(struct kobject *kobj, struct kobject *new_parent, const void *) {
    struct dentry *to = new_parent && new_parent->sd ? new_parent->sd : sysfs_root();
    return vfs_rename(kobj->sd, to, kobject_name(kobj));
}

int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name) {
    return PTR_ERR_OR_ZERO(create_node(parent_kobj->sd, name, S_IFDIR | 0755, nullptr, nullptr));
}

void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name) {
    remove_name(parent_kobj->sd, name);
}

static bool can_have(const struct kobject *kobj, const void *attr) {
    return !WARN_ON(!attr || !kobj || !kobj->sd);
}

int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr, const void *) {
    const int error = can_have(kobj, attr) ? add_file(kobj->sd, attr, attr->mode) : -EINVAL;
    return error ? error : note_made(0, kobj->sd, attr->name, __builtin_frame_address(0));
}

// Makes each object of an array that ends with null, or none of them.
template <typename T, typename Make, typename Remove>
static int make_all(T *const *objects, Make make, Remove remove) {
    T *const *at = objects;
    int error = 0;

    while (at && *at && !(error = make(*at)))
        at++;
    while (error && at != objects)
        remove(*--at);
    return error;
}

template <typename T, typename Remove>
static void remove_all(T *const *objects, Remove remove) {
    for (; objects && *objects; objects++)
        remove(*objects);
}

int sysfs_create_files(struct kobject *kobj, const struct attribute *const *attr) {
    return make_all(
        attr, [=](const struct attribute *a) { return sysfs_create_file(kobj, a); },
        [=](const struct attribute *a) { sysfs_remove_file(kobj, a); });
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
    remove_all(attr, [=](const struct attribute *a) { sysfs_remove_file(kobj, a); });
}

int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr) {
    const int error = can_have(kobj, attr) ? add_bin_file(kobj->sd, attr, attr->attr.mode) : -EINVAL;
    return error ? error : note_made(0, kobj->sd, attr->attr.name, __builtin_frame_address(0));
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
    struct dentry *dir = kobj ? kobj->sd : sysfs_root();
    const int error = sysfs_create_link_nowarn(kobj, target, name);
    if (error == -EEXIST)
        warn_duplicate(dir, name);
    return note_made(error, dir, name, __builtin_frame_address(0));
}

void sysfs_remove_link(struct kobject *kobj, const char *name) {
    remove_name(kobj ? kobj->sd : sysfs_root(), name);
}

// Groups: attributes that belong together, in a directory of their own if the group has a name.
static void group_remove_files(struct dentry *dir, const struct attribute_group *grp) {
    remove_all(grp->attrs, [dir](const struct attribute *attr) { remove_name(dir, attr->name); });
    remove_all(grp->bin_attrs, [dir](const struct bin_attribute *attr) { remove_name(dir, attr->attr.name); });
}

static int group_add_files(struct kobject *kobj, struct dentry *dir, const struct attribute_group *grp) {
    const auto nothing = [](const void *) {}; // the caller takes away what is there
    int n = 0;
    int error = make_all(
        grp->attrs,
        [&](struct attribute *attr) {
            const umode_t mode = grp->is_visible ? grp->is_visible(kobj, attr, n) : attr->mode;
            n++;
            return mode ? add_file(dir, attr, mode) : 0;
        },
        nothing);
    n = 0;
    if (!error)
        error = make_all(
            grp->bin_attrs,
            [&](struct bin_attribute *attr) {
                const umode_t mode = grp->is_bin_visible ? grp->is_bin_visible(kobj, attr, n) : attr->attr.mode;
                n++;
                return mode ? add_bin_file(dir, attr, mode) : 0;
            },
            nothing);
    return error;
}

// The directory of a group: null if it is to have one and has none.
static struct dentry *group_dir(struct kobject *kobj, const struct attribute_group *grp) {
    return grp->name ? vfs_find(kobj->sd, grp->name) : kobj->sd;
}

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp) {
    if (WARN_ON(!kobj || !kobj->sd))
        return -EINVAL;
    if (WARN(!grp->attrs && !grp->bin_attrs, "sysfs: (bin_)attrs not set by subsystem for group: %s/%s\n", kobj->name,
             grp->name ? grp->name : ""))
        return -EINVAL;
    struct dentry *dir = grp->name ? create_or_complain(kobj->sd, grp->name, S_IFDIR | 0755) : kobj->sd;
    int error = PTR_ERR_OR_ZERO(dir);
    if (!error) {
        error = group_add_files(kobj, dir, grp);
        if (error && grp->name)
            vfs_remove(dir);
        else if (error)
            group_remove_files(dir, grp);
        else if (grp->name)
            note_file(dir, __builtin_frame_address(0));
    }
    return error;
}

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups) {
    return make_all(
        groups, [=](const struct attribute_group *grp) { return sysfs_create_group(kobj, grp); },
        [=](const struct attribute_group *grp) { sysfs_remove_group(kobj, grp); });
}

int sysfs_update_group(struct kobject *kobj, const struct attribute_group *grp) {
    struct dentry *dir = group_dir(kobj, grp);

    if (dir)
        group_remove_files(dir, grp);
    return dir ? group_add_files(kobj, dir, grp) : -ENOENT;
}

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp) {
    struct dentry *dir = kobj->sd ? group_dir(kobj, grp) : nullptr;

    if (dir && dir != kobj->sd)
        vfs_remove(dir);
    else if (dir)
        group_remove_files(dir, grp);
    else
        WARN(kobj->sd, "sysfs group '%s' not found for kobject '%s'\n", grp->name, kobject_name(kobj));
}

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups) {
    remove_all(groups, [=](const struct attribute_group *grp) { sysfs_remove_group(kobj, grp); });
}

int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group) {
    struct dentry *dir = group ? vfs_find(kobj->sd, group) : kobj->sd;
    return dir ? add_file(dir, attr, attr->mode) : -ENOENT;
}

int sysfs_merge_group(struct kobject *kobj, const struct attribute_group *grp) {
    struct dentry *dir = vfs_find(kobj->sd, grp->name);

    if (!dir)
        return -ENOENT;
    return make_all(
        grp->attrs, [dir](struct attribute *attr) { return add_file(dir, attr, attr->mode); },
        [dir](const struct attribute *attr) { remove_name(dir, attr->name); });
}

void sysfs_unmerge_group(struct kobject *kobj, const struct attribute_group *grp) {
    if (struct dentry *dir = vfs_find(kobj->sd, grp->name))
        remove_all(grp->attrs, [dir](const struct attribute *attr) { remove_name(dir, attr->name); });
}

void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr, const char *group) {
    remove_name(group ? vfs_find(kobj->sd, group) : kobj->sd, attr->name);
}

// A node below `at` by the names of a way, of which any may be left out; null if it is not there.
static struct dentry *descend(struct dentry *at, const few<const char *, 2> &way) {
    for (const char *step : way)
        if (at && step)
            at = vfs_find(at, step);
    return at;
}

void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr) {
    struct dentry *file = descend(kobj->sd, these(dir, attr));

    if (file)
        sysfs_notify_dirent(file);
}

void sysfs_notify_dirent(struct dentry *file) {
    file->d_inode->i_rdev++;
    wake_up_interruptible(&sysfs_pollers);
}

struct dentry *sysfs_get_dirent(struct dentry *folder, const char *name) {
    struct dentry *file = vfs_find(folder, name);

    return file ? vfs_get(file) : nullptr;
}

void sysfs_put(struct dentry *file) {
    vfs_put(file);
}

// Text into the page of a show. `at`: where it goes on; a place outside the page, or no page, is the caller's mistake.
static int emit(const char *caller, char *buf, int at, const char *fmt, va_list args) {
    const bool in_page = at >= 0 && at < static_cast<int>(PAGE_SIZE);

    if (WARN(!buf || !in_page, "invalid %s: buf:%p at:%d\n", caller, buf, at))
        return 0;
    return vscnprintf(buf + at, PAGE_SIZE - static_cast<size_t>(at), fmt, args);
}

int sysfs_emit(char *buf, const char *fmt, ...) {
    VARARGS(args, fmt);
    return emit(__func__, buf, 0, fmt, args);
}

int sysfs_emit_at(char *buf, int at, const char *fmt, ...) {
    VARARGS(args, fmt);
    return emit(__func__, buf, at, fmt, args);
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
EXPORT_SYMBOL_GPL(sysfs_create_link_nowarn);
EXPORT_SYMBOL_GPL(sysfs_create_link);
EXPORT_SYMBOL_GPL(sysfs_remove_link);
EXPORT_SYMBOL_GPL(sysfs_create_group);
EXPORT_SYMBOL_GPL(sysfs_create_groups);
EXPORT_SYMBOL_GPL(sysfs_update_group);
EXPORT_SYMBOL_GPL(sysfs_remove_group);
EXPORT_SYMBOL_GPL(sysfs_remove_groups);
EXPORT_SYMBOL_GPL(sysfs_add_file_to_group);
EXPORT_SYMBOL_GPL(sysfs_remove_file_from_group);
EXPORT_SYMBOL_GPL(sysfs_merge_group);
EXPORT_SYMBOL_GPL(sysfs_unmerge_group);
EXPORT_SYMBOL_GPL(sysfs_notify);
EXPORT_SYMBOL_GPL(sysfs_emit);
EXPORT_SYMBOL_GPL(sysfs_emit_at);
