// SPDX-License-Identifier: Apache-2.0
//
// debugfs (Linux: fs/debugfs): files with a driver's own file_operations, and ready-made ones for single variables. The
// tree guards the calls against removal; an open file keeps the module by its operations.
#include <linux/debugfs.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kernel/fs/vfs.h"
#include "lib/ranges.h"

static struct dentry *debugfs_root() {
    return vfs_mkdir_path("sys/kernel/debug");
}

static struct dentry *create(const char *name, struct dentry *parent, umode_t mode, const struct file_operations *fops,
                             void *data, const char *link = nullptr, loff_t size = 0) {
    if (IS_ERR(parent))
        return parent;
    if (!parent)
        parent = debugfs_root();
    struct vfs_spec spec = {};
    spec.mode = mode;
    spec.fops = fops;
    spec.private_data = data;
    spec.flags = VFS_GUARDED;
    spec.gone_error = -EIO;
    spec.link = link;
    struct dentry *dentry = vfs_create(parent, name, spec);
    if (IS_ERR(dentry) && PTR_ERR(dentry) == -EEXIST)
        pr_err("debugfs: %s '%s' %s '%s' already present!\n", S_ISDIR(mode) ? "Directory" : "File", name,
               S_ISDIR(mode) ? "with parent" : "in directory",
               parent == debugfs_root() ? "/" : reinterpret_cast<const char *>(parent->d_name.name));
    if (!IS_ERR(dentry))
        dentry->d_inode->i_size = size;
    return dentry;
}

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent) {
    return note_file(create(name, parent, S_IFDIR | 0755, nullptr, nullptr), __builtin_frame_address(0));
}

static const struct file_operations debugfs_noop_ops = {
    .llseek = noop_llseek,
    .open = simple_open,
};

// A file for the caller of the exported function that has this frame.
static struct dentry *create_file(const void *frame, const char *name, umode_t mode, struct dentry *parent, void *data,
                                  const struct file_operations *fops, loff_t size = 0) {
    const umode_t permissions = mode & 07777;
    return note_file(create(name, parent, S_IFREG | permissions, fops ? fops : &debugfs_noop_ops, data, nullptr, size),
                     frame);
}

struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent, void *data,
                                   const struct file_operations *fops) {
    return create_file(__builtin_frame_address(0), name, mode, parent, data, fops);
}

struct dentry *debugfs_create_file_unsafe(const char *name, umode_t mode, struct dentry *parent, void *data,
                                          const struct file_operations *fops) {
    return create_file(__builtin_frame_address(0), name, mode, parent, data, fops);
}

void debugfs_create_file_size(const char *name, umode_t mode, struct dentry *parent, void *data,
                              const struct file_operations *fops, loff_t file_size) {
    create_file(__builtin_frame_address(0), name, mode, parent, data, fops, file_size);
}

struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *dest) {
    return note_file(create(name, parent, S_IFLNK | 0777, nullptr, nullptr, dest), __builtin_frame_address(0));
}

// -EINVAL: not there, or there is one of that name.
struct dentry *debugfs_rename(struct dentry *old_dir, struct dentry *old_dentry, struct dentry *new_dir,
                              const char *new_name) {
    for (struct dentry *given : these(old_dir, old_dentry, new_dir))
        if (IS_ERR(given))
            return given;
    const bool done = new_dir && old_dentry && !vfs_rename(old_dentry, new_dir, new_name);
    return done ? old_dentry : static_cast<struct dentry *>(ERR_PTR(-EINVAL));
}

struct dentry *debugfs_lookup(const char *name, struct dentry *parent) {
    if (IS_ERR(parent))
        return nullptr;
    struct dentry *dentry = vfs_find(parent ? parent : debugfs_root(), name);
    return dentry ? vfs_get(dentry) : nullptr;
}

void debugfs_remove(struct dentry *dentry) {
    if (!IS_ERR_OR_NULL(dentry))
        vfs_remove(dentry);
}

void debugfs_lookup_and_remove(const char *name, struct dentry *parent) {
    struct dentry *dentry = debugfs_lookup(name, parent);
    debugfs_remove(dentry);
    dput(dentry);
}

int debugfs_file_get(struct dentry *dentry) {
    return vfs_enter(vfs_node(dentry)) ? 0 : -EIO;
}

void debugfs_file_put(struct dentry *dentry) {
    vfs_leave(vfs_node(dentry));
}

bool debugfs_initialized() {
    return true;
}

// Variables. The mode says which of reading and writing is there.
template <typename T>
static int value_get(void *data, u64 *value) {
    *value = READ_ONCE(*static_cast<T *>(data));
    return 0;
}

template <typename T>
static int value_set(void *data, u64 value) {
    WRITE_ONCE(*static_cast<T *>(data), static_cast<T>(value));
    return 0;
}

template <typename T>
static int value_open(struct inode *inode, struct file *file, const char *fmt) {
    return simple_attr_open(inode, file, inode->i_mode & S_IRUGO ? value_get<T> : nullptr,
                            inode->i_mode & S_IWUGO ? value_set<T> : nullptr, fmt);
}

#define DEFINE_VALUE_FILE(suffix, type, fmt)                                                                           \
    static int suffix##_open(struct inode *inode, struct file *file) {                                                 \
        return value_open<type>(inode, file, fmt);                                                                     \
    }                                                                                                                  \
    static const struct file_operations suffix##_fops = {                                                              \
        .llseek = noop_llseek,                                                                                         \
        .read = simple_attr_read,                                                                                      \
        .write = simple_attr_write,                                                                                    \
        .open = suffix##_open,                                                                                         \
        .release = simple_attr_release,                                                                                \
    };                                                                                                                 \
    void debugfs_create_##suffix(const char *name, umode_t mode, struct dentry *parent, type *value) {                 \
        create_file(__builtin_frame_address(0), name, mode, parent, value, &suffix##_fops);                            \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(debugfs_create_##suffix)

DEFINE_VALUE_FILE(u8, u8, "%llu\n");
DEFINE_VALUE_FILE(u16, u16, "%llu\n");
DEFINE_VALUE_FILE(u32, u32, "%llu\n");
DEFINE_VALUE_FILE(u64, u64, "%llu\n");
DEFINE_VALUE_FILE(ulong, unsigned long, "%llu\n");
DEFINE_VALUE_FILE(x8, u8, "0x%02llx\n");
DEFINE_VALUE_FILE(x16, u16, "0x%04llx\n");
DEFINE_VALUE_FILE(x32, u32, "0x%08llx\n");
DEFINE_VALUE_FILE(x64, u64, "0x%016llx\n");
DEFINE_VALUE_FILE(size_t, size_t, "%llu\n");

static int atomic_get(void *data, u64 *value) {
    *value = atomic_read(static_cast<atomic_t *>(data));
    return 0;
}

static int atomic_put(void *data, u64 value) {
    atomic_set(static_cast<atomic_t *>(data), value);
    return 0;
}

static int atomic_open(struct inode *inode, struct file *file) {
    return simple_attr_open(inode, file, inode->i_mode & S_IRUGO ? atomic_get : nullptr,
                            inode->i_mode & S_IWUGO ? atomic_put : nullptr, "%lld\n");
}

static const struct file_operations atomic_fops = {
    .llseek = noop_llseek,
    .read = simple_attr_read,
    .write = simple_attr_write_signed,
    .open = atomic_open,
    .release = simple_attr_release,
};

void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, atomic_t *value) {
    create_file(__builtin_frame_address(0), name, mode, parent, value, &atomic_fops);
}

ssize_t debugfs_read_file_bool(struct file *file, char __user *user, size_t count, loff_t *ppos) {
    const char text[] = {*static_cast<bool *>(file->private_data) ? 'Y' : 'N', '\n'};
    return simple_read_from_buffer(user, count, ppos, text, sizeof(text));
}

ssize_t debugfs_write_file_bool(struct file *file, const char __user *user, size_t count, loff_t *ppos) {
    char text[8] = {};
    bool value;

    if (copy_from_user(text, user, min(count, sizeof(text) - 1)))
        return -EFAULT;
    if (!kstrtobool(text, &value)) // what is neither is taken and changes nothing
        *static_cast<bool *>(file->private_data) = value;
    return count;
}

static const struct file_operations bool_fops = {
    .llseek = default_llseek,
    .read = debugfs_read_file_bool,
    .write = debugfs_write_file_bool,
    .open = simple_open,
};

void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value) {
    create_file(__builtin_frame_address(0), name, mode, parent, value, &bool_fops);
}

static ssize_t str_read(struct file *file, char __user *user, size_t count, loff_t *ppos) {
    const char *value = *static_cast<char **>(file->private_data);
    char *text = kasprintf(GFP_KERNEL, "%s\n", value ? value : "");
    if (!text)
        return -ENOMEM;
    ssize_t done = simple_read_from_buffer(user, count, ppos, text, strlen(text));
    kfree(text);
    return done;
}

static const struct file_operations str_fops = {
    .llseek = default_llseek,
    .read = str_read,
    .open = simple_open,
};

void debugfs_create_str(const char *name, umode_t mode, struct dentry *parent, char **value) {
    create_file(__builtin_frame_address(0), name, mode, parent, value, &str_fops);
}

static ssize_t blob_read(struct file *file, char __user *user, size_t count, loff_t *ppos) {
    const auto &[data, size] = *static_cast<debugfs_blob_wrapper *>(file->private_data);
    return simple_read_from_buffer(user, count, ppos, data, size);
}

static const struct file_operations blob_fops = {
    .llseek = default_llseek,
    .read = blob_read,
    .open = simple_open,
};

struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
                                   struct debugfs_blob_wrapper *blob) {
    return create_file(__builtin_frame_address(0), name, mode & 0444, parent, blob, &blob_fops);
}

void debugfs_print_regs32(struct seq_file *s, const struct debugfs_reg32 *regs, int nregs, void __iomem *base,
                          char *prefix) {
    const struct debugfs_reg32 *const end = regs + nregs;

    for (; regs != end && !seq_has_overflowed(s); regs++) {
        const u32 value = readl(static_cast<char *>(base) + regs->offset);
        seq_printf(s, "%s%s = 0x%08x\n", prefix ? prefix : "", regs->name, value);
    }
}

static int regset32_show(struct seq_file *s, void *data) {
    struct debugfs_regset32 *regset = static_cast<struct debugfs_regset32 *>(s->private_);
    debugfs_print_regs32(s, regset->regs, regset->nregs, regset->base, nullptr);
    return 0;
}

static int u32_array_show(struct seq_file *s, void *data) {
    const struct debugfs_u32_array *array = static_cast<struct debugfs_u32_array *>(s->private_);
    for (u32 i = 0; i < array->n_elements; i++)
        seq_printf(s, "%u%c", array->array[i], i + 1 < array->n_elements ? ' ' : '\n');
    return 0;
}

DEFINE_SHOW_ATTRIBUTE(regset32);
DEFINE_SHOW_ATTRIBUTE(u32_array);

void debugfs_create_regset32(const char *name, umode_t mode, struct dentry *parent, struct debugfs_regset32 *regset) {
    create_file(__builtin_frame_address(0), name, mode, parent, regset, &regset32_fops);
}

void debugfs_create_u32_array(const char *name, umode_t mode, struct dentry *parent, struct debugfs_u32_array *array) {
    create_file(__builtin_frame_address(0), name, mode, parent, array, &u32_array_fops);
}

// A seq_file whose show function belongs to a device and gets it as private. What it needs goes with the device.
struct devm_seqfile {
    int (*show)(struct seq_file *s, void *data);
    struct device *dev;
};

static int devm_seqfile_open(struct inode *inode, struct file *file) {
    const auto *made_with = static_cast<const struct devm_seqfile *>(inode->i_private);
    return made_with ? single_open(file, made_with->show, made_with->dev) : -ENOMEM;
}

static const struct file_operations devm_seqfile_ops = {
    .llseek = seq_lseek,
    .read = seq_read,
    .open = devm_seqfile_open,
    .release = single_release,
};

static void *devm_seqfile_for(struct device *dev, int (*show)(struct seq_file *s, void *data)) {
    const struct devm_seqfile values = {show, dev};
    return devm_kmemdup(dev, &values, sizeof(values), GFP_KERNEL);
}

void debugfs_create_devm_seqfile(struct device *dev, const char *name, struct dentry *parent,
                                 int (*read_fn)(struct seq_file *s, void *data)) {
    create_file(__builtin_frame_address(0), name, 0444, parent, devm_seqfile_for(dev, read_fn), &devm_seqfile_ops);
}

EXPORT_SYMBOL_GPL(debugfs_create_dir);
EXPORT_SYMBOL_GPL(debugfs_create_file);
EXPORT_SYMBOL_GPL(debugfs_create_file_unsafe);
EXPORT_SYMBOL_GPL(debugfs_create_file_size);
EXPORT_SYMBOL_GPL(debugfs_create_symlink);
EXPORT_SYMBOL_GPL(debugfs_rename);
EXPORT_SYMBOL_GPL(debugfs_lookup);
EXPORT_SYMBOL_GPL(debugfs_remove);
EXPORT_SYMBOL_GPL(debugfs_lookup_and_remove);
EXPORT_SYMBOL_GPL(debugfs_file_get);
EXPORT_SYMBOL_GPL(debugfs_file_put);
EXPORT_SYMBOL_GPL(debugfs_initialized);
EXPORT_SYMBOL_GPL(debugfs_create_atomic_t);
EXPORT_SYMBOL_GPL(debugfs_create_bool);
EXPORT_SYMBOL_GPL(debugfs_read_file_bool);
EXPORT_SYMBOL_GPL(debugfs_write_file_bool);
EXPORT_SYMBOL_GPL(debugfs_create_str);
EXPORT_SYMBOL_GPL(debugfs_create_blob);
EXPORT_SYMBOL_GPL(debugfs_print_regs32);
EXPORT_SYMBOL_GPL(debugfs_create_regset32);
EXPORT_SYMBOL_GPL(debugfs_create_u32_array);
EXPORT_SYMBOL_GPL(debugfs_create_devm_seqfile);
