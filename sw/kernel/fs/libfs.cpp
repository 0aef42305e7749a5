// SPDX-License-Identifier: Apache-2.0
//
// Methods that file systems and drivers share (Linux: fs/libfs.c, fs/read_write.c): seeking, buffers in kernel memory,
// files that hold one number.
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "lib/guard.h"

loff_t noop_llseek(struct file *file, loff_t offset, int whence) {
    return file->f_pos;
}

loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize) {
    if (offset < 0 || offset > maxsize)
        return -EINVAL;
    return file->f_pos = offset;
}

// To `offset` from the begin, from here or from `end`, but not beyond `limit`.
static loff_t seek_from(struct file *file, loff_t offset, int whence, loff_t end, loff_t limit = LLONG_MAX) {
    const loff_t bases[] = {0, file->f_pos, end};
    static_assert(SEEK_SET == 0 && SEEK_CUR == 1 && SEEK_END == 2, "the order of bases");

    if (whence < SEEK_SET || whence > SEEK_END)
        return -EINVAL;
    return vfs_setpos(file, bases[whence] + offset, limit);
}

loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size) {
    return seek_from(file, offset, whence, size, size);
}

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence) {
    return seek_from(file, offset, whence, i_size_read(file->f_inode));
}

loff_t default_llseek(struct file *file, loff_t offset, int whence) {
    inode_lock(file->f_inode);
    finally done([=] { inode_unlock(file->f_inode); });
    return generic_file_llseek(file, offset, whence);
}

loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence) {
    return whence == SEEK_END ? -EINVAL : seek_from(file, offset, whence, 0);
}

int nonseekable_open(struct inode *inode, struct file *filp) {
    filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
    return 0;
}

int stream_open(struct inode *inode, struct file *filp) {
    filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
    filp->f_mode |= FMODE_STREAM;
    return 0;
}

int simple_open(struct inode *inode, struct file *file) {
    if (inode->i_private)
        file->private_data = inode->i_private;
    return 0;
}

// Copies what a read or write at *ppos may have of a buffer of `available` bytes. `copy` moves n bytes from an offset
// on and says how many it could not; some are a success, none a fault.
template <typename Copy>
static ssize_t move_part(size_t available, loff_t *ppos, size_t count, Copy copy) {
    if (*ppos < 0)
        return -EINVAL;
    const size_t offset = static_cast<size_t>(*ppos);
    const size_t wanted = offset < available ? min(count, available - offset) : 0;
    const size_t moved = wanted ? wanted - copy(offset, wanted) : 0;
    *ppos += static_cast<loff_t>(moved);
    return wanted && !moved ? -EFAULT : static_cast<ssize_t>(moved);
}

ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from, size_t available) {
    return move_part(available, ppos, count, [=](size_t offset, size_t n) {
        return copy_to_user(to, static_cast<const char *>(from) + offset, n);
    });
}

ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from, size_t count) {
    return move_part(available, ppos, count, [=](size_t offset, size_t n) {
        return copy_from_user(static_cast<char *>(to) + offset, from, n);
    });
}

// A file with one number, in both directions through callbacks. The number is read at the start of the file; a reader
// that takes it in pieces gets one and the same.
struct simple_attr {
    int (*get)(void *, u64 *);
    int (*set)(void *, u64);
    void *data;
    const char *fmt;
    struct mutex mutex;
    char text[24];
};

static struct simple_attr *attr_of(const struct file *file) {
    return static_cast<struct simple_attr *>(file->private_data);
}

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *), int (*set)(void *, u64),
                     const char *fmt) {
    auto *number = static_cast<struct simple_attr *>(kzalloc(sizeof(struct simple_attr), GFP_KERNEL));

    file->private_data = number;
    if (number) {
        mutex_init(&number->mutex);
        number->fmt = fmt;
        number->data = inode->i_private;
        number->set = set;
        number->get = get;
        nonseekable_open(inode, file);
    }
    return number ? 0 : -ENOMEM;
}

int simple_attr_release(struct inode *, struct file *file) {
    kfree(file->private_data);
    return 0;
}

// Does one read or write of the number at a time.
template <typename Act>
static ssize_t in_turn(struct simple_attr *attr, Act act) {
    if (int interrupted = mutex_lock_interruptible(&attr->mutex))
        return interrupted;
    finally done([attr] { mutex_unlock(&attr->mutex); });
    return act();
}

static int fetch(struct simple_attr *attr) {
    u64 value;
    const int error = attr->get(attr->data, &value);
    if (!error)
        scnprintf(attr->text, sizeof(attr->text), attr->fmt, value);
    return error;
}

ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos) {
    struct simple_attr *attr = attr_of(file);
    if (!attr->get)
        return -EACCES;
    return in_turn(attr, [=]() -> ssize_t {
        const bool fresh = *ppos == 0 || !*attr->text;
        const int error = fresh ? fetch(attr) : 0;
        return error ? error : simple_read_from_buffer(buf, len, ppos, attr->text, strlen(attr->text));
    });
}

static ssize_t simple_attr_set(struct file *file, const char __user *buf, size_t len, bool is_signed) {
    struct simple_attr *attr = attr_of(file);
    if (!attr->set)
        return -EACCES;
    return in_turn(attr, [=]() -> ssize_t {
        char text[sizeof(attr->text)] = {};
        u64 value;
        if (copy_from_user(text, buf, min(len, sizeof(text) - 1)))
            return -EFAULT;
        int error = is_signed ? kstrtoll(text, 0, reinterpret_cast<long long *>(&value)) : kstrtoull(text, 0, &value);
        if (!error)
            error = attr->set(attr->data, value);
        return error ? error : static_cast<ssize_t>(len);
    });
}

ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos) {
    return simple_attr_set(file, buf, len, false);
}

ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len, loff_t *ppos) {
    return simple_attr_set(file, buf, len, true);
}

// Nothing takes SIGIO here: drivers may keep their lists of those who would.
int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp) {
    return 0;
}

void kill_fasync(struct fasync_struct **fapp, int sig, int band) {}

EXPORT_SYMBOL(noop_llseek);
EXPORT_SYMBOL(vfs_setpos);
EXPORT_SYMBOL(fixed_size_llseek);
EXPORT_SYMBOL(generic_file_llseek);
EXPORT_SYMBOL(default_llseek);
EXPORT_SYMBOL(no_seek_end_llseek);
EXPORT_SYMBOL(nonseekable_open);
EXPORT_SYMBOL(stream_open);
EXPORT_SYMBOL(simple_open);
EXPORT_SYMBOL(simple_read_from_buffer);
EXPORT_SYMBOL(simple_write_to_buffer);
EXPORT_SYMBOL_GPL(simple_attr_open);
EXPORT_SYMBOL_GPL(simple_attr_release);
EXPORT_SYMBOL_GPL(simple_attr_read);
EXPORT_SYMBOL_GPL(simple_attr_write);
EXPORT_SYMBOL_GPL(simple_attr_write_signed);
EXPORT_SYMBOL(fasync_helper);
EXPORT_SYMBOL(kill_fasync);
