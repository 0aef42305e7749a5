// SPDX-License-Identifier: Apache-2.0
//
// procfs (Linux: fs/proc/generic.c, inode.c): entries that kernel code makes by name. A call on an open file goes
// through here to the entry's proc_ops; the tree keeps it from running into the entry's removal.
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/fs/vfs.h"
#include "kernel/init.h"
#include "kernel/proc/internal.h"
#include "lib/ranges.h"

static struct proc_dir_entry proc_root;

static struct proc_dir_entry *pde_of(const struct inode *inode) {
    return static_cast<struct proc_dir_entry *>(inode->i_private);
}

static const struct proc_ops *ops_of(const struct file *file) {
    return pde_of(file->f_inode)->proc_ops;
}

static int proc_file_open(struct inode *inode, struct file *file) {
    const struct proc_ops *ops = pde_of(inode)->proc_ops;
    if (!ops->proc_lseek)
        file->f_mode &= ~FMODE_LSEEK;
    return ops->proc_open ? ops->proc_open(inode, file) : 0;
}

static int proc_file_release(struct inode *inode, struct file *file) {
    const struct proc_ops *ops = pde_of(inode)->proc_ops;
    return ops->proc_release ? ops->proc_release(inode, file) : 0;
}

static ssize_t proc_file_read(struct file *file, char __user *buf, size_t count, loff_t *ppos) {
    const struct proc_ops *ops = ops_of(file);
    return ops->proc_read ? ops->proc_read(file, buf, count, ppos) : -EIO;
}

static ssize_t proc_file_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos) {
    const struct proc_ops *ops = ops_of(file);
    return ops->proc_write ? ops->proc_write(file, buf, count, ppos) : -EIO;
}

static loff_t proc_file_lseek(struct file *file, loff_t offset, int whence) {
    const struct proc_ops *ops = ops_of(file);
    return ops->proc_lseek ? ops->proc_lseek(file, offset, whence) : -EINVAL;
}

static __poll_t proc_file_poll(struct file *file, struct poll_table_struct *table) {
    const struct proc_ops *ops = ops_of(file);
    return ops->proc_poll ? ops->proc_poll(file, table) : DEFAULT_POLLMASK;
}

static long proc_file_ioctl(struct file *file, unsigned int cmd, unsigned long arg) {
    const struct proc_ops *ops = ops_of(file);
    return ops->proc_ioctl ? ops->proc_ioctl(file, cmd, arg) : -ENOTTY;
}

static const struct file_operations proc_file_ops = {
    .llseek = proc_file_lseek,
    .read = proc_file_read,
    .write = proc_file_write,
    .poll = proc_file_poll,
    .unlocked_ioctl = proc_file_ioctl,
    .open = proc_file_open,
    .release = proc_file_release,
};

const struct proc_dir_entry *proc_entry_of(const struct inode *inode) {
    return inode->i_fop == &proc_file_ops ? pde_of(inode) : nullptr;
}

static void pde_release(struct vfs_node *node) {
    kfree(node->inode.i_private);
}

// Follows the directories in "a/b/name" down from *parent; leaves the last component.
static noinline const char *__xlate_proc_name(const char *name, struct proc_dir_entry **parent) {
    if (!*parent)
        *parent = &proc_root;
    while (const char *slash = strchr(name, '/')) {
        char part[64];
        size_t length = slash - name;
        if (length >= sizeof(part))
            return nullptr;
        memcpy(part, name, length);
        part[length] = '\0';
        struct dentry *child = vfs_find((*parent)->dentry, part);
        if (!child || !S_ISDIR(child->d_inode->i_mode)) {
            WARN(1, "name '%s'\n", name);
            return nullptr;
        }
        *parent = pde_of(child->d_inode);
        name = slash + 1;
    }
    return name;
}

// Puts a new entry into the tree: under the last part of `name`, in the directory that the rest of it names.
static noinline struct dentry *__proc_create(const struct proc_dir_entry &values, const char *name, umode_t mode,
                                             struct proc_dir_entry *parent, const char *link) {
    const size_t length = strlen(name);
    if (WARN(!length || length > 255, "name len %zu\n", length))
        return nullptr;
    auto *pde = static_cast<struct proc_dir_entry *>(kmemdup(&values, sizeof(values), GFP_KERNEL));
    if (!pde)
        return nullptr;
    pde->parent = parent;
    const struct vfs_spec spec = {
        .mode = mode,
        .fops = S_ISREG(mode) ? &proc_file_ops : nullptr,
        .private_data = pde,
        .flags = VFS_GUARDED,
        .gone_error = -EIO,
        .link = link,
        .release = pde_release,
    };
    struct dentry *made = vfs_create(parent->dentry, name, spec);
    if (IS_ERR(made))
        kfree(pde);
    else
        pde->dentry = made;
    return made;
}

// `frame`: of the exported function, whose caller the entry belongs to.
static struct proc_dir_entry *proc_register(const void *frame, const struct proc_dir_entry &values, const char *name,
                                            umode_t mode, struct proc_dir_entry *parent, const char *link = nullptr) {
    const char *last = __xlate_proc_name(name, &parent);
    if (!last)
        return nullptr;
    struct dentry *made = note_file(__proc_create(values, last, mode, parent, link), frame);
    WARN(made == ERR_PTR(-EEXIST), "proc_dir_entry '%s%s/%s' already registered\n", parent == &proc_root ? "/" : "",
         reinterpret_cast<const char *>(parent->dentry->d_name.name), last);
    return IS_ERR_OR_NULL(made) ? nullptr : pde_of(made->d_inode);
}

// A file: readable by all unless the mode says more.
static struct proc_dir_entry *register_file(const void *frame, const struct proc_dir_entry &values, const char *name,
                                            umode_t mode, struct proc_dir_entry *parent) {
    const umode_t permissions = mode & S_IALLUGO ? mode & S_IALLUGO : S_IRUGO;
    return proc_register(frame, values, name, S_IFREG | permissions, parent);
}

struct proc_dir_entry *proc_create_data(const char *name, umode_t mode, struct proc_dir_entry *parent,
                                        const struct proc_ops *proc_ops, void *data) {
    return register_file(__builtin_frame_address(0), {.proc_ops = proc_ops, .data = data}, name, mode, parent);
}

struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
                                   const struct proc_ops *proc_ops) {
    return register_file(__builtin_frame_address(0), {.proc_ops = proc_ops}, name, mode, parent);
}

// Files made of records: of many, with or without a state of their own, or of one.

static int open_records(struct inode *inode, struct file *file) {
    const struct proc_dir_entry &entry = *pde_of(inode);
    return entry.state_size ? seq_open_private(file, entry.seq_ops, static_cast<int>(entry.state_size))
                            : seq_open(file, entry.seq_ops);
}

static int release_records(struct inode *inode, struct file *file) {
    return pde_of(inode)->state_size ? seq_release_private(inode, file) : seq_release(inode, file);
}

static int open_only_record(struct inode *inode, struct file *file) {
    return single_open(file, pde_of(inode)->single_show, pde_of(inode)->data);
}

static const struct proc_ops records_ops = {
    .proc_open = open_records, .proc_read = seq_read, .proc_lseek = seq_lseek, .proc_release = release_records};
static const struct proc_ops only_record_ops = {
    .proc_open = open_only_record, .proc_read = seq_read, .proc_lseek = seq_lseek, .proc_release = single_release};

struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode, struct proc_dir_entry *parent,
                                               const struct seq_operations *ops, unsigned int state_size, void *data) {
    return register_file(__builtin_frame_address(0),
                         {.proc_ops = &records_ops, .seq_ops = ops, .state_size = state_size, .data = data}, name, mode,
                         parent);
}

static struct proc_dir_entry of_one_record(int (*show)(struct seq_file *, void *), void *data) {
    return {.proc_ops = &only_record_ops, .single_show = show, .data = data};
}

struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode, struct proc_dir_entry *parent,
                                               int (*show)(struct seq_file *, void *), void *data) {
    return register_file(__builtin_frame_address(0), of_one_record(show, data), name, mode, parent);
}

struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode, struct proc_dir_entry *parent, void *data) {
    return proc_register(__builtin_frame_address(0), {.data = data}, name, S_IFDIR | (mode ? mode : S_IRUGO | S_IXUGO),
                         parent);
}

struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode, struct proc_dir_entry *parent) {
    return proc_mkdir_data(name, mode, parent, nullptr);
}

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent) {
    return proc_mkdir_data(name, 0, parent, nullptr);
}

struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent, const char *dest) {
    return proc_register(__builtin_frame_address(0), {}, name, S_IFLNK | 0777, parent, dest);
}

void proc_set_size(struct proc_dir_entry *de, loff_t size) {
    de->dentry->d_inode->i_size = size;
}

void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid) {
    de->dentry->d_inode->i_uid = uid;
    de->dentry->d_inode->i_gid = gid;
}

void *pde_data(const struct inode *inode) {
    return pde_of(inode)->data;
}

void *proc_get_parent_data(const struct inode *inode) {
    return pde_of(inode)->parent->data;
}

void proc_remove(struct proc_dir_entry *de) {
    if (de)
        vfs_remove(de->dentry);
}

// The entry of a path below `parent`, or null.
static struct dentry *find_entry(const char *name, struct proc_dir_entry *parent) {
    const char *last = __xlate_proc_name(name, &parent);
    return last ? vfs_find(parent->dentry, last) : nullptr;
}

static const char *name_of(const struct dentry *dentry) {
    return reinterpret_cast<const char *>(dentry->d_name.name);
}

void remove_proc_entry(const char *name, struct proc_dir_entry *parent) {
    struct dentry *entry = find_entry(name, parent);
    const char *slash = strrchr(name, '/');
    if (WARN(!entry, "name '%s'\n", slash ? slash + 1 : name))
        return;
    if (const struct dentry *child = first_of<&dentry::d_child>(entry->d_subdirs))
        WARN(1, "%s: removing non-empty directory '%s/%s', leaking at least '%s'\n", __func__, name_of(entry->d_parent),
             name_of(entry), name_of(child));
    vfs_remove(entry);
}

int remove_proc_subtree(const char *name, struct proc_dir_entry *parent) {
    struct dentry *entry = find_entry(name, parent);
    if (entry)
        vfs_remove(entry);
    return entry ? 0 : -ENOENT;
}

void proc_root_init() {
    proc_root.dentry = vfs_mkdir_path("proc");
    proc_root.parent = &proc_root;
    proc_root.dentry->d_inode->i_private = &proc_root;
    proc_mkdir("driver", nullptr);
    proc_mkdir("bus", nullptr);
    proc_mkdir("fs", nullptr);
    proc_mkdir("sys", nullptr);
    proc_mkdir("tty", nullptr);
}

EXPORT_SYMBOL(proc_create_data);
EXPORT_SYMBOL(proc_create);
EXPORT_SYMBOL(proc_create_seq_private);
EXPORT_SYMBOL(proc_create_single_data);
EXPORT_SYMBOL_GPL(proc_mkdir_data);
EXPORT_SYMBOL(proc_mkdir_mode);
EXPORT_SYMBOL(proc_mkdir);
EXPORT_SYMBOL(proc_symlink);
EXPORT_SYMBOL(proc_set_size);
EXPORT_SYMBOL(proc_set_user);
EXPORT_SYMBOL(pde_data);
EXPORT_SYMBOL_GPL(proc_get_parent_data);
EXPORT_SYMBOL(proc_remove);
EXPORT_SYMBOL(remove_proc_entry);
EXPORT_SYMBOL(remove_proc_subtree);
