// SPDX-License-Identifier: Apache-2.0
//
// Methods that file systems and drivers share: seeking, buffers in kernel memory, files that hold one number.
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

loff_t noop_llseek(struct file *file, loff_t offset, int whence) {
    return file->f_pos;
}

loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize) {
    if (offset < 0 || offset > maxsize)
        return -EINVAL;
    file->f_pos = offset;
    return offset;
}

loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size) {
    switch (whence) {
    case SEEK_SET:
        return vfs_setpos(file, offset, size);
    case SEEK_CUR:
        return vfs_setpos(file, file->f_pos + offset, size);
    case SEEK_END:
        return vfs_setpos(file, size + offset, size);
    default:
        return -EINVAL;
    }
}

static loff_t seek_from(struct file *file, loff_t offset, int whence, loff_t end) {
    if (whence == SEEK_END)
        offset += end;
    else if (whence == SEEK_CUR)
        offset += file->f_pos;
    else if (whence != SEEK_SET)
        return -EINVAL;
    return vfs_setpos(file, offset, LLONG_MAX);
}

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence) {
    return seek_from(file, offset, whence, i_size_read(file->f_inode));
}

loff_t default_llseek(struct file *file, loff_t offset, int whence) {
    inode_lock(file->f_inode);
    loff_t pos = seek_from(file, offset, whence, i_size_read(file->f_inode));
    inode_unlock(file->f_inode);
    return pos;
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

ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from, size_t available) {
    loff_t pos = *ppos;

    if (pos < 0)
        return -EINVAL;
    if (pos >= static_cast<loff_t>(available) || !count)
        return 0;
    if (count > available - pos)
        count = available - pos;
    size_t left = copy_to_user(to, static_cast<const char *>(from) + pos, count);
    if (left == count)
        return -EFAULT;
    count -= left;
    *ppos = pos + count;
    return count;
}

ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from, size_t count) {
    loff_t pos = *ppos;

    if (pos < 0)
        return -EINVAL;
    if (pos >= static_cast<loff_t>(available) || !count)
        return 0;
    if (count > available - pos)
        count = available - pos;
    size_t left = copy_from_user(static_cast<char *>(to) + pos, from, count);
    if (left == count)
        return -EFAULT;
    count -= left;
    *ppos = pos + count;
    return count;
}

// A file with one number, in both directions through callbacks.
struct simple_attr {
    int (*get)(void *, u64 *);
    int (*set)(void *, u64);
    char get_buf[24];
    char set_buf[24];
    void *data;
    const char *fmt;
    struct mutex mutex;
};

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *), int (*set)(void *, u64),
                     const char *fmt) {
    struct simple_attr *attr = static_cast<struct simple_attr *>(kzalloc(sizeof(*attr), GFP_KERNEL));
    if (!attr)
        return -ENOMEM;
    attr->get = get;
    attr->set = set;
    attr->data = inode->i_private;
    attr->fmt = fmt;
    mutex_init(&attr->mutex);
    file->private_data = attr;
    return nonseekable_open(inode, file);
}

int simple_attr_release(struct inode *inode, struct file *file) {
    kfree(file->private_data);
    return 0;
}

ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos) {
    struct simple_attr *attr = static_cast<struct simple_attr *>(file->private_data);
    ssize_t result;

    if (!attr->get)
        return -EACCES;
    result = mutex_lock_interruptible(&attr->mutex);
    if (result)
        return result;
    if (!*ppos || !attr->get_buf[0]) {
        u64 value;
        result = attr->get(attr->data, &value);
        if (!result)
            scnprintf(attr->get_buf, sizeof(attr->get_buf), attr->fmt, value);
    }
    if (!result)
        result = simple_read_from_buffer(buf, len, ppos, attr->get_buf, strlen(attr->get_buf));
    mutex_unlock(&attr->mutex);
    return result;
}

static ssize_t simple_attr_set(struct file *file, const char __user *buf, size_t len, bool is_signed) {
    struct simple_attr *attr = static_cast<struct simple_attr *>(file->private_data);
    size_t size = min(sizeof(attr->set_buf) - 1, len);
    ssize_t result;
    u64 value;

    if (!attr->set)
        return -EACCES;
    result = mutex_lock_interruptible(&attr->mutex);
    if (result)
        return result;
    result = -EFAULT;
    if (!copy_from_user(attr->set_buf, buf, size)) {
        attr->set_buf[size] = '\0';
        if (is_signed)
            result = kstrtoll(attr->set_buf, 0, reinterpret_cast<long long *>(&value));
        else
            result = kstrtoull(attr->set_buf, 0, &value);
        if (!result)
            result = attr->set(attr->data, value);
    }
    mutex_unlock(&attr->mutex);
    return result ? result : static_cast<ssize_t>(len);
}

ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos) {
    return simple_attr_set(file, buf, len, false);
}

ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len, loff_t *ppos) {
    return simple_attr_set(file, buf, len, true);
}

// Nobody takes SIGIO here: drivers may keep their lists of those who would.
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
