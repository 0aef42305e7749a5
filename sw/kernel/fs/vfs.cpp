// SPDX-License-Identifier: Apache-2.0
//
// The tree of names. See vfs.h.
#include "kernel/fs/vfs.h"

#include <linux/bug.h>
#include <linux/cdev.h>
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
#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/order.h"

static DEFINE_MUTEX(vfs_mutex);
static DEFINE_MUTEX(fill_mutex); // outside of vfs_mutex: to fill a folder is to make nodes
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

void dput(struct dentry *dentry) {
    if (dentry)
        vfs_put(dentry);
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
    strscpy(reinterpret_cast<char *>(node->dentry.d_iname), copy, DNAME_INLINE_LEN);
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
    node->fill = spec.fill;
    node->dir_ops = spec.dir_ops;
    init_completion(&node->drained);
    INIT_LIST_HEAD(&node->openers);
    kref_init(&node->kref);
    return node;
}

static struct dentry *find_locked(struct dentry *parent, const char *name, size_t length) {
    return find_in<&dentry::d_child>(parent->d_subdirs, [=](const struct dentry &child) {
        return child.d_name.len == length && !memcmp(child.d_name.name, name, length);
    });
}

struct dentry *vfs_find(struct dentry *parent, const char *name) {
    hold l(vfs_mutex);
    return find_locked(parent, name, strlen(name));
}

// Puts a node that nothing knows yet into the tree.
static int link_node(struct dentry *parent, struct dentry *child) {
    order_tell(published, child);
    hold l(vfs_mutex);
    if (atomic_read(&vfs_node(parent)->active) < 0)
        return -ENOENT;
    if (find_locked(parent, reinterpret_cast<const char *>(child->d_name.name), child->d_name.len))
        return -EEXIST;
    child->d_parent = parent;
    list_add_tail(&child->d_child, &parent->d_subdirs);
    return 0;
}

struct dentry *vfs_create(struct dentry *parent, const char *name, const struct vfs_spec &spec) {
    const bool is_dir = S_ISDIR(parent->d_inode->i_mode);
    struct vfs_node *node = is_dir ? node_alloc(name, spec) : nullptr;
    const int error = node ? link_node(parent, &node->dentry) : (is_dir ? -ENOMEM : -ENOTDIR);

    if (!error)
        return &node->dentry;
    if (node) {
        node->release = nullptr; // what the caller passed stays the caller's
        vfs_put(&node->dentry);
    }
    return static_cast<struct dentry *>(ERR_PTR(error));
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

static void fill(struct dentry *folder) {
    if (!READ_ONCE(vfs_node(folder)->fill))
        return;
    hold l(fill_mutex);
    if (auto make_children = vfs_node(folder)->fill) {
        make_children(folder);
        WRITE_ONCE(vfs_node(folder)->fill, nullptr);
    }
}

// Where a walk stands: how many links it followed, and the folder that it cannot pass since it is not filled yet.
struct walk_state {
    unsigned links;
    struct dentry *unfilled;
};

static struct dentry *walk_locked(struct dentry *dir, const char *path, bool follow, walk_state &state) {
    if (*path == '/')
        dir = vfs_root;
    for (;;) {
        while (*path == '/')
            path++;
        if (!*path)
            return dir;
        if (!S_ISDIR(dir->d_inode->i_mode))
            return static_cast<struct dentry *>(ERR_PTR(-ENOTDIR));
        if (READ_ONCE(vfs_node(dir)->fill)) {
            state.unfilled = vfs_get(dir);
            return static_cast<struct dentry *>(ERR_PTR(-EAGAIN));
        }
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
            if (++state.links > MAX_LINKS)
                return static_cast<struct dentry *>(ERR_PTR(-ELOOP));
            child = walk_locked(dir, child->d_inode->i_link, true, state);
            if (IS_ERR(child))
                return child;
        }
        dir = child;
        path = rest;
    }
}

static struct dentry *walk(const char *path, bool follow, walk_state &state) {
    hold l(vfs_mutex);
    struct dentry *dentry = walk_locked(vfs_root, path, follow, state);
    return IS_ERR(dentry) ? dentry : vfs_get(dentry);
}

struct dentry *vfs_lookup(const char *path, bool follow) {
    for (;;) {
        walk_state state = {};
        struct dentry *dentry = walk(path, follow, state);
        if (!state.unfilled)
            return dentry;
        fill(state.unfilled);
        vfs_put(state.unfilled);
    }
}

bool vfs_enter(struct vfs_node *node) {
    const bool entered = atomic_inc_unless_negative(&node->active);
    if (entered)
        order_tell(found, node);
    return entered;
}

void vfs_leave(struct vfs_node *node) {
    order_tell(left, node);
    if (atomic_dec_return(&node->active) == VFS_GONE)
        complete(&node->drained);
}

// Takes one of a node's open files out of its list.
static struct file *take_opener(struct vfs_node *node) {
    hold l(vfs_mutex);
    struct file *file = first_of<&file::f_openers>(node->openers);
    if (file)
        list_del_init(&file->f_openers);
    return file;
}

// Waits for the calls in progress, then ends every open file of a guarded node. No lock held.
static void node_drain(struct vfs_node *node) {
    if (!(node->flags & VFS_GUARDED))
        return;
    if (atomic_add_return(VFS_GONE, &node->active) != VFS_GONE)
        wait_for_completion(&node->drained);
    order_tell(drained, node);
    while (struct file *file = take_opener(node)) {
        if (file->f_op->release)
            file->f_op->release(file->f_inode, file);
        fput(file); // the opener list's reference
    }
}

// The deepest last node below (or at) a dentry, taken out of the tree; null if that is out already.
static struct dentry *take_deepest(struct dentry *top) {
    hold l(vfs_mutex);
    struct dentry *victim = top;
    while (struct dentry *child = last_of<&dentry::d_child>(victim->d_subdirs))
        victim = child;
    if (list_empty(&victim->d_child))
        return nullptr;
    list_del_init(&victim->d_child);
    owned_strike(victim);
    return victim;
}

void vfs_remove(struct dentry *dentry) {
    while (struct dentry *victim = take_deepest(dentry)) {
        const bool last = victim == dentry;
        node_drain(vfs_node(victim));
        vfs_put(victim);
        if (last)
            return;
    }
}

int vfs_rename(struct dentry *dentry, struct dentry *new_parent, const char *new_name) {
    const char *name = kstrdup(new_name, GFP_KERNEL);
    finally unused([&] { kfree(name); }); // the old one, or the new one where it is taken
    if (!name)
        return -ENOMEM;
    hold l(vfs_mutex);
    const struct dentry *there = find_locked(new_parent, new_name, strlen(new_name));
    if (there && there != dentry)
        return -EEXIST;
    const char *old = reinterpret_cast<const char *>(dentry->d_name.name);
    dentry->d_name.name = reinterpret_cast<const unsigned char *>(name);
    dentry->d_name.len = strlen(name);
    strscpy(reinterpret_cast<char *>(dentry->d_iname), name, DNAME_INLINE_LEN);
    name = old;
    dentry->d_parent = new_parent;
    list_move_tail(&dentry->d_child, &new_parent->d_subdirs);
    return 0;
}

void vfs_for_each_child(struct dentry *dir, bool (*fn)(struct dentry *child, void *arg), void *arg) {
    fill(dir);
    hold l(vfs_mutex);
    for (struct dentry &child : list_of<&dentry::d_child>(dir->d_subdirs))
        if (!fn(&child, arg))
            break;
}

void vfs_lock() {
    mutex_lock(&vfs_mutex);
}

void vfs_unlock() {
    mutex_unlock(&vfs_mutex);
}

const struct file_operations *fops_get(const struct file_operations *fops) {
    return fops && try_module_get(fops->owner) ? fops : nullptr;
}

void fops_put(const struct file_operations *fops) {
    if (fops)
        module_put(fops->owner);
}

// Open files. A call into a node's owner is made from within the node, which cannot go meanwhile.

namespace {

class inside {
public:
    explicit inside(struct vfs_node *node)
        : node_(vfs_enter(node) ? node : nullptr) {}
    ~inside() {
        if (node_)
            vfs_leave(node_);
    }
    inside(const inside &) = delete;
    inside &operator=(const inside &) = delete;
    explicit operator bool() const { return node_; }

private:
    struct vfs_node *node_;
};

struct vfs_node *node_of(const struct file *file) {
    return vfs_node_of_inode(file->f_inode);
}

// A method of an open file: `missing` if it has none, `gone` once its node is.
template <typename Answer, typename... Args>
Answer call(struct file *file, Answer (*method)(struct file *, Args...), Answer missing, Answer gone, Args... args) {
    if (!method)
        return missing;
    const inside node(node_of(file));
    return node ? method(file, args...) : gone;
}

// A read or a write, which the file was opened for and whose memory is the caller's.
template <typename Buffer>
ssize_t transfer(struct file *file, fmode_t direction, ssize_t (*method)(struct file *, Buffer *, size_t, loff_t *),
                 Buffer *buf, size_t count, loff_t *pos) {
    const bool open_for_it = file->f_mode & direction;
    const int refusal = !open_for_it ? -EBADF : method && !access_ok(buf, count) ? -EFAULT : 0;

    return refusal ? refusal : call<ssize_t>(file, method, -EINVAL, node_of(file)->gone_error, buf, count, pos);
}

struct file *file_alloc(struct dentry *dentry, int flags) {
    static const fmode_t modes[] = {FMODE_READ, FMODE_WRITE, FMODE_READ | FMODE_WRITE, FMODE_READ | FMODE_WRITE};
    auto *file = static_cast<struct file *>(kzalloc(sizeof(struct file), GFP_KERNEL));

    if (!file)
        return nullptr;
    file->f_path.dentry = dentry;
    file->f_inode = dentry->d_inode;
    file->f_flags = static_cast<unsigned>(flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC));
    file->f_mode = modes[flags & O_ACCMODE] | FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
    mutex_init(&file->f_pos_lock);
    INIT_LIST_HEAD(&file->f_openers);
    atomic_set(&file->f_count, 1);
    return file;
}

// The owner's open. Everybody here is root, whose open does not look at the permission bits; sysfs does so in its own.
int open_in_node(struct file *file) {
    struct vfs_node *node = node_of(file);
    const inside here(node);

    if (!here)
        return -ENOENT;
    file->f_op = fops_get(file->f_inode->i_fop);
    if (!file->f_op)
        return -ENODEV;
    if (file->f_op->open) {
        if (int error = file->f_op->open(file->f_inode, file)) {
            fops_put(file->f_op);
            return error;
        }
    }
    vfs_get(file->f_path.dentry);
    if (node->flags & VFS_GUARDED) {
        atomic_inc(&file->f_count); // the opener list's
        hold l(vfs_mutex);
        list_add_tail(&file->f_openers, &node->openers);
    }
    return 0;
}

} // namespace

struct file *vfs_open_dentry(struct dentry *dentry, int flags) {
    if (S_ISDIR(dentry->d_inode->i_mode))
        return static_cast<struct file *>(ERR_PTR(-EISDIR));
    struct file *file = file_alloc(dentry, flags);
    const int error = file ? open_in_node(file) : -ENOMEM;

    if (!error)
        return file;
    kfree(file);
    return static_cast<struct file *>(ERR_PTR(error));
}

struct file *vfs_open_anonymous(const char *name, const struct file_operations *fops, void *priv, int flags) {
    struct vfs_spec spec = {};
    spec.mode = S_IFREG | 0600;
    spec.fops = fops;
    struct vfs_node *node = node_alloc(name, spec);
    struct file *file = node ? file_alloc(&node->dentry, flags) : nullptr;
    if (file) {
        file->f_op = fops_get(fops); // the file has the only reference to its node
        file->private_data = priv;
    } else if (node) {
        vfs_put(&node->dentry);
    }
    if (file && file->f_op)
        return file;
    if (file)
        fput(file);
    return static_cast<struct file *>(ERR_PTR(file ? -ENOENT : -ENOMEM));
}

// What a path leads to, kept for the length of a scope.
namespace {

struct found {
    struct dentry *dentry;
    explicit found(const char *path)
        : dentry(vfs_lookup(path, true)) {}
    ~found() {
        if (!IS_ERR(dentry))
            vfs_put(dentry);
    }
};

} // namespace

int vfs_program_mkdir(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *above = kstrndup(path, name - path, GFP_KERNEL);
    if (!above)
        return -ENOMEM;
    const found parent(*above ? above : "/");
    kfree(above);
    if (IS_ERR(parent.dentry))
        return PTR_ERR(parent.dentry);
    if (!S_ISDIR(parent.dentry->d_inode->i_mode))
        return -ENOTDIR;
    const struct vfs_dir_ops *ops = vfs_node(parent.dentry)->dir_ops;
    if (vfs_find(parent.dentry, name))
        return -EEXIST;
    return ops ? ops->mkdir(parent.dentry, name) : -EPERM;
}

int vfs_program_rmdir(const char *path) {
    const found at(path);
    if (IS_ERR(at.dentry))
        return PTR_ERR(at.dentry);
    if (!S_ISDIR(at.dentry->d_inode->i_mode))
        return -ENOTDIR;
    const struct vfs_dir_ops *ops = vfs_node(at.dentry)->dir_ops;
    return ops ? ops->rmdir(at.dentry) : -EPERM;
}

// No folder takes new files. A file system that finds names itself says that there is none; the others refuse to make
// one.
static bool refuses_new_files(const char *filename) {
    const char *const slash = strrchr(filename, '/');
    char folder[128];

    if (!slash || slash == filename || str_has_prefix(filename, "/proc/") ||
        static_cast<size_t>(slash - filename) >= sizeof(folder))
        return false;
    strscpy(folder, filename, static_cast<size_t>(slash - filename) + 1);
    const found at(folder);
    return !IS_ERR(at.dentry) && S_ISDIR(at.dentry->d_inode->i_mode);
}

struct file *filp_open(const char *filename, int flags, umode_t) {
    const found at(filename);
    if (!IS_ERR(at.dentry))
        return vfs_open_dentry(at.dentry, flags);
    if (PTR_ERR(at.dentry) == -ENOENT && flags & O_CREAT && refuses_new_files(filename))
        return static_cast<struct file *>(ERR_PTR(-EACCES));
    return static_cast<struct file *>(ERR_CAST(at.dentry));
}

void fput(struct file *file) {
    if (!atomic_dec_and_test(&file->f_count))
        return;
    cdev_put(file->f_cdev);
    fops_put(file->f_op);
    vfs_put(file->f_path.dentry);
    kfree(file);
}

// What the owner of a node does at a close. Where the node is going, its removal calls release.
static int close_in_node(struct file *file, fl_owner_t id) {
    struct vfs_node *node = node_of(file);
    const inside here(node);

    if (!here)
        return 0;
    const int error = file->f_op->flush ? file->f_op->flush(file, id) : 0;
    if (file->f_op->release)
        file->f_op->release(file->f_inode, file);
    if (node->flags & VFS_GUARDED) {
        {
            hold l(vfs_mutex);
            list_del_init(&file->f_openers);
        }
        fput(file); // the opener list's reference
    }
    return error;
}

int filp_close(struct file *file, fl_owner_t id) {
    const int error = close_in_node(file, id);

    fput(file);
    return error;
}

ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos) {
    return transfer(file, FMODE_READ, file->f_op->read, buf, count, pos);
}

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos) {
    return transfer(file, FMODE_WRITE, file->f_op->write, buf, count, pos);
}

long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg) {
    const long gone = node_of(file)->gone_error;
    const long answer = call<long>(file, file->f_op->unlocked_ioctl, -ENOIOCTLCMD, gone, cmd, arg);
    return answer == -ENOIOCTLCMD ? -ENOTTY : answer;
}

__poll_t vfs_poll(struct file *file, struct poll_table_struct *table) {
    return call<__poll_t>(file, file->f_op->poll, DEFAULT_POLLMASK, EPOLLERR | EPOLLHUP, table);
}

static auto llseek_of(const struct file &f) {
    return f.f_mode & FMODE_LSEEK ? f.f_op->llseek : nullptr;
}

loff_t vfs_llseek(struct file *file, loff_t offset, int whence) {
    return call<loff_t>(file, llseek_of(*file), -ESPIPE, node_of(file)->gone_error, offset, whence);
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

static const char *path_of(const void *object, char *buf, size_t size) {
    const char *path = dentry_path_raw(static_cast<const struct dentry *>(object), buf, static_cast<int>(size));
    return IS_ERR(path) ? "a file" : path;
}

const owned_kind owned_file = {"%s still there", path_of};

struct dentry *note_file(struct dentry *made, const void *frame) {
    if (!IS_ERR_OR_NULL(made))
        owned_note_from(owned_file, made, frame);
    return made;
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

EXPORT_SYMBOL(dput);
EXPORT_SYMBOL(filp_open);
EXPORT_SYMBOL(filp_close);
EXPORT_SYMBOL(fput);
EXPORT_SYMBOL(vfs_llseek);
EXPORT_SYMBOL(vfs_poll);
EXPORT_SYMBOL(d_path);
