// SPDX-License-Identifier: Apache-2.0
//
// The tree of names. See vfs.h.
#include "kernel/fs/vfs.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

#include "kernel/init.h"

static DEFINE_MUTEX(vfs_mutex);
static unsigned long next_ino = 1;
struct dentry *vfs_root;

static const int VFS_GONE = INT_MIN;
static const unsigned MAX_LINKS = 40;

static void vfs_node_free(struct kref *kref) {
    struct vfs_node *node = container_of(kref, struct vfs_node, kref);
    if (node->release)
        node->release(node);
    kfree(node->dentry.d_name.name);
    if (S_ISLNK(node->inode.i_mode))
        kfree(node->inode.i_link);
    kfree(node);
}

struct dentry *vfs_get(struct dentry *dentry) {
    kref_get(&vfs_node(dentry)->kref);
    return dentry;
}

void vfs_put(struct dentry *dentry) {
    kref_put(&vfs_node(dentry)->kref, vfs_node_free);
}

static struct vfs_node *node_alloc(const char *name, const struct vfs_spec &spec) {
    struct vfs_node *node = static_cast<struct vfs_node *>(kzalloc(sizeof(*node), GFP_KERNEL));
    if (!node)
        return nullptr;
    const char *copy = kstrdup(name, GFP_KERNEL);
    char *link = spec.link ? kstrdup(spec.link, GFP_KERNEL) : nullptr;
    if (!copy || (spec.link && !link)) {
        kfree(copy);
        kfree(link);
        kfree(node);
        return nullptr;
    }
    node->dentry.d_parent = &node->dentry;
    node->dentry.d_name.name = reinterpret_cast<const unsigned char *>(copy);
    node->dentry.d_name.len = strlen(copy);
    node->dentry.d_inode = &node->inode;
    INIT_LIST_HEAD(&node->dentry.d_child);
    INIT_LIST_HEAD(&node->dentry.d_subdirs);
    struct inode *inode = &node->inode;
    inode->i_mode = spec.mode;
    inode->i_ino = next_ino++;
    inode->i_rdev = spec.rdev;
    inode->i_fop = spec.fops;
    inode->i_private = spec.private_data;
    init_rwsem(&inode->i_rwsem);
    INIT_LIST_HEAD(&inode->i_devices);
    ktime_get_real_ts64(&inode->i_mtime);
    inode->i_atime = inode->i_ctime = inode->i_mtime;
    if (link)
        inode->i_link = link;
    node->flags = spec.flags;
    node->gone_error = spec.gone_error;
    node->release = spec.release;
    init_completion(&node->drained);
    INIT_LIST_HEAD(&node->openers);
    kref_init(&node->kref);
    return node;
}

static struct dentry *find_locked(struct dentry *parent, const char *name, size_t length) {
    struct dentry *child;
    list_for_each_entry (child, &parent->d_subdirs, d_child) {
        if (child->d_name.len == length && !memcmp(child->d_name.name, name, length))
            return child;
    }
    return nullptr;
}

struct dentry *vfs_find(struct dentry *parent, const char *name) {
    mutex_lock(&vfs_mutex);
    struct dentry *child = find_locked(parent, name, strlen(name));
    mutex_unlock(&vfs_mutex);
    return child;
}

struct dentry *vfs_create(struct dentry *parent, const char *name, const struct vfs_spec &spec) {
    struct vfs_node *node;
    int error = 0;

    if (!S_ISDIR(parent->d_inode->i_mode))
        return static_cast<struct dentry *>(ERR_PTR(-ENOTDIR));
    node = node_alloc(name, spec);
    if (!node)
        return static_cast<struct dentry *>(ERR_PTR(-ENOMEM));
    mutex_lock(&vfs_mutex);
    if (atomic_read(&vfs_node(parent)->active) < 0) {
        error = -ENOENT;
    } else if (find_locked(parent, name, node->dentry.d_name.len)) {
        error = -EEXIST;
    } else {
        node->dentry.d_parent = parent;
        list_add_tail(&node->dentry.d_child, &parent->d_subdirs);
    }
    mutex_unlock(&vfs_mutex);
    if (error) {
        node->release = nullptr; // what the caller passed stays the caller's
        vfs_put(&node->dentry);
        return static_cast<struct dentry *>(ERR_PTR(error));
    }
    return &node->dentry;
}

struct dentry *vfs_mkdir(struct dentry *parent, const char *name) {
    struct vfs_spec spec = {};
    spec.mode = S_IFDIR | 0755;
    return vfs_create(parent, name, spec);
}

struct dentry *vfs_mkdir_path(const char *path) {
    struct dentry *dir = vfs_root;
    char name[64];

    while (*path) {
        size_t length = strcspn(path, "/");
        if (length >= sizeof(name))
            return static_cast<struct dentry *>(ERR_PTR(-ENAMETOOLONG));
        memcpy(name, path, length);
        name[length] = '\0';
        struct dentry *child = vfs_find(dir, name);
        if (!child) {
            child = vfs_mkdir(dir, name);
            if (IS_ERR(child))
                return child;
        }
        dir = child;
        path += length + (path[length] == '/');
    }
    return dir;
}

static struct dentry *walk_locked(struct dentry *dir, const char *path, bool follow, unsigned &links) {
    if (*path == '/')
        dir = vfs_root;
    for (;;) {
        while (*path == '/')
            path++;
        if (!*path)
            return dir;
        if (!S_ISDIR(dir->d_inode->i_mode))
            return static_cast<struct dentry *>(ERR_PTR(-ENOTDIR));
        size_t length = strcspn(path, "/");
        const char *rest = path + length;
        struct dentry *child;
        if (length == 1 && path[0] == '.')
            child = dir;
        else if (length == 2 && path[0] == '.' && path[1] == '.')
            child = dir->d_parent;
        else
            child = find_locked(dir, path, length);
        if (!child)
            return static_cast<struct dentry *>(ERR_PTR(-ENOENT));
        if (S_ISLNK(child->d_inode->i_mode) && (follow || *rest)) {
            if (++links > MAX_LINKS)
                return static_cast<struct dentry *>(ERR_PTR(-ELOOP));
            child = walk_locked(dir, child->d_inode->i_link, true, links);
            if (IS_ERR(child))
                return child;
        }
        dir = child;
        path = rest;
    }
}

struct dentry *vfs_lookup(const char *path, bool follow) {
    unsigned links = 0;
    mutex_lock(&vfs_mutex);
    struct dentry *dentry = walk_locked(vfs_root, path, follow, links);
    if (!IS_ERR(dentry))
        vfs_get(dentry);
    mutex_unlock(&vfs_mutex);
    return dentry;
}

bool vfs_enter(struct vfs_node *node) {
    return atomic_inc_unless_negative(&node->active);
}

void vfs_leave(struct vfs_node *node) {
    if (atomic_dec_return(&node->active) == VFS_GONE)
        complete(&node->drained);
}

// Waits for the calls in progress, then ends every open file of a guarded node. No lock held.
static void node_drain(struct vfs_node *node) {
    if (!(node->flags & VFS_GUARDED))
        return;
    if (atomic_add_return(VFS_GONE, &node->active) != VFS_GONE)
        wait_for_completion(&node->drained);
    for (;;) {
        mutex_lock(&vfs_mutex);
        struct file *file = list_first_entry_or_null(&node->openers, struct file, f_openers);
        if (file)
            list_del_init(&file->f_openers);
        mutex_unlock(&vfs_mutex);
        if (!file)
            return;
        if (file->f_op->release)
            file->f_op->release(file->f_inode, file);
        fput(file); // the opener list's reference
    }
}

void vfs_remove(struct dentry *dentry) {
    for (;;) {
        // Deepest first: a child is taken out before its directory.
        mutex_lock(&vfs_mutex);
        struct dentry *victim = dentry;
        while (!list_empty(&victim->d_subdirs))
            victim = list_last_entry(&victim->d_subdirs, struct dentry, d_child);
        bool gone = list_empty(&victim->d_child); // went with its directory before
        list_del_init(&victim->d_child);
        mutex_unlock(&vfs_mutex);
        if (gone)
            return;
        node_drain(vfs_node(victim));
        bool last = victim == dentry;
        vfs_put(victim);
        if (last)
            return;
    }
}

int vfs_rename(struct dentry *dentry, struct dentry *new_parent, const char *new_name) {
    const char *copy = kstrdup(new_name, GFP_KERNEL);
    if (!copy)
        return -ENOMEM;
    mutex_lock(&vfs_mutex);
    struct dentry *there = find_locked(new_parent, new_name, strlen(new_name));
    if (there && there != dentry) {
        mutex_unlock(&vfs_mutex);
        kfree(copy);
        return -EEXIST;
    }
    const unsigned char *old = dentry->d_name.name;
    dentry->d_name.name = reinterpret_cast<const unsigned char *>(copy);
    dentry->d_name.len = strlen(copy);
    dentry->d_parent = new_parent;
    list_move_tail(&dentry->d_child, &new_parent->d_subdirs);
    mutex_unlock(&vfs_mutex);
    kfree(old);
    return 0;
}

void vfs_for_each_child(struct dentry *dir, bool (*fn)(struct dentry *child, void *arg), void *arg) {
    struct dentry *child;
    mutex_lock(&vfs_mutex);
    list_for_each_entry (child, &dir->d_subdirs, d_child) {
        if (!fn(child, arg))
            break;
    }
    mutex_unlock(&vfs_mutex);
}

void vfs_lock() {
    mutex_lock(&vfs_mutex);
}

void vfs_unlock() {
    mutex_unlock(&vfs_mutex);
}

static void file_register(struct file *file) {
    mutex_lock(&vfs_mutex);
    list_add_tail(&file->f_openers, &vfs_node_of_inode(file->f_inode)->openers);
    mutex_unlock(&vfs_mutex);
}

struct file *vfs_open_dentry(struct dentry *dentry, int flags) {
    struct vfs_node *node = vfs_node(dentry);
    struct inode *inode = dentry->d_inode;
    int error = 0;

    if (S_ISDIR(inode->i_mode))
        return static_cast<struct file *>(ERR_PTR(-EISDIR));
    struct file *file = static_cast<struct file *>(kzalloc(sizeof(*file), GFP_KERNEL));
    if (!file)
        return static_cast<struct file *>(ERR_PTR(-ENOMEM));
    file->f_path.dentry = dentry;
    file->f_inode = inode;
    file->f_flags = flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
    static const fmode_t modes[] = {FMODE_READ, FMODE_WRITE, FMODE_READ | FMODE_WRITE, FMODE_READ | FMODE_WRITE};
    file->f_mode = modes[flags & O_ACCMODE] | FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
    mutex_init(&file->f_pos_lock);
    INIT_LIST_HEAD(&file->f_openers);
    atomic_set(&file->f_count, 1);

    // Everybody here is root, whose open does not look at the permission bits; sysfs does so in its own open.
    if (!vfs_enter(node)) {
        error = -ENOENT;
        goto free_file;
    }
    file->f_op = fops_get(inode->i_fop);
    if (!file->f_op) {
        error = -ENODEV;
        goto leave;
    }
    if (file->f_op->open)
        error = file->f_op->open(inode, file);
    if (error) {
        fops_put(file->f_op);
        goto leave;
    }
    vfs_get(dentry);
    if (node->flags & VFS_GUARDED) {
        atomic_inc(&file->f_count); // the opener list's
        file_register(file);
    }
    vfs_leave(node);
    return file;
leave:
    vfs_leave(node);
free_file:
    kfree(file);
    return static_cast<struct file *>(ERR_PTR(error));
}

struct file *filp_open(const char *filename, int flags, umode_t mode) {
    struct dentry *dentry = vfs_lookup(filename, true);
    if (IS_ERR(dentry))
        return reinterpret_cast<struct file *>(dentry);
    struct file *file = vfs_open_dentry(dentry, flags);
    vfs_put(dentry);
    return file;
}

void fput(struct file *file) {
    if (!atomic_dec_and_test(&file->f_count))
        return;
    fops_put(file->f_op);
    vfs_put(file->f_path.dentry);
    kfree(file);
}

int filp_close(struct file *file, fl_owner_t id) {
    struct vfs_node *node = vfs_node_of_inode(file->f_inode);
    int error = 0;

    if (!vfs_enter(node)) {
        fput(file); // the remover calls, or has called, release
        return 0;
    }
    if (file->f_op->flush)
        error = file->f_op->flush(file, id);
    if (file->f_op->release)
        file->f_op->release(file->f_inode, file);
    if (node->flags & VFS_GUARDED) {
        mutex_lock(&vfs_mutex);
        list_del_init(&file->f_openers);
        mutex_unlock(&vfs_mutex);
        fput(file);
    }
    vfs_leave(node);
    fput(file);
    return error;
}

const struct file_operations *fops_get(const struct file_operations *fops) {
    return fops && try_module_get(fops->owner) ? fops : nullptr;
}

void fops_put(const struct file_operations *fops) {
    if (fops)
        module_put(fops->owner);
}

ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos) {
    struct vfs_node *node = vfs_node_of_inode(file->f_inode);

    if (!(file->f_mode & FMODE_READ))
        return -EBADF;
    if (!file->f_op->read)
        return -EINVAL;
    if (!access_ok(buf, count))
        return -EFAULT;
    if (!vfs_enter(node))
        return node->gone_error;
    ssize_t done = file->f_op->read(file, buf, count, pos);
    vfs_leave(node);
    return done;
}

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos) {
    struct vfs_node *node = vfs_node_of_inode(file->f_inode);

    if (!(file->f_mode & FMODE_WRITE))
        return -EBADF;
    if (!file->f_op->write)
        return -EINVAL;
    if (!access_ok(buf, count))
        return -EFAULT;
    if (!vfs_enter(node))
        return node->gone_error;
    ssize_t done = file->f_op->write(file, buf, count, pos);
    vfs_leave(node);
    return done;
}

long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg) {
    struct vfs_node *node = vfs_node_of_inode(file->f_inode);

    if (!file->f_op->unlocked_ioctl)
        return -ENOTTY;
    if (!vfs_enter(node))
        return node->gone_error;
    long result = file->f_op->unlocked_ioctl(file, cmd, arg);
    vfs_leave(node);
    return result == -ENOIOCTLCMD ? -ENOTTY : result;
}

__poll_t vfs_poll(struct file *file, struct poll_table_struct *table) {
    struct vfs_node *node = vfs_node_of_inode(file->f_inode);

    if (!file->f_op->poll)
        return DEFAULT_POLLMASK;
    if (!vfs_enter(node))
        return EPOLLERR | EPOLLHUP;
    __poll_t events = file->f_op->poll(file, table);
    vfs_leave(node);
    return events;
}

loff_t vfs_llseek(struct file *file, loff_t offset, int whence) {
    struct vfs_node *node = vfs_node_of_inode(file->f_inode);

    if (!(file->f_mode & FMODE_LSEEK) || !file->f_op->llseek)
        return -ESPIPE;
    if (!vfs_enter(node))
        return node->gone_error;
    loff_t pos = file->f_op->llseek(file, offset, whence);
    vfs_leave(node);
    return pos;
}

char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen) {
    char *p = buf + buflen;

    if (buflen < 2)
        return static_cast<char *>(ERR_PTR(-ENAMETOOLONG));
    *--p = '\0';
    if (dentry == vfs_root)
        *--p = '/';
    for (; dentry != vfs_root && dentry->d_parent != dentry; dentry = dentry->d_parent) {
        if (p - buf < static_cast<long>(dentry->d_name.len) + 1)
            return static_cast<char *>(ERR_PTR(-ENAMETOOLONG));
        p -= dentry->d_name.len;
        memcpy(p, dentry->d_name.name, dentry->d_name.len);
        *--p = '/';
    }
    return p;
}

char *d_path(const struct path *path, char *buf, int buflen) {
    return dentry_path_raw(path->dentry, buf, buflen);
}

void vfs_caches_init() {
    struct vfs_spec spec = {};
    spec.mode = S_IFDIR | 0755;
    vfs_root = &node_alloc("", spec)->dentry;
    static const char *const trees[] = {"proc", "sys/kernel/debug", "dev"};
    for (const char *path : trees) {
        if (IS_ERR(vfs_mkdir_path(path)))
            panic("VFS: cannot make /%s", path);
    }
    if (sysfs_init())
        panic("VFS: no memory for /sys");
}

EXPORT_SYMBOL(filp_open);
EXPORT_SYMBOL(filp_close);
EXPORT_SYMBOL(fput);
EXPORT_SYMBOL(vfs_llseek);
EXPORT_SYMBOL(d_path);
