// SPDX-License-Identifier: Apache-2.0
// Copies of what a program hands in (Linux: mm/util.c), and reading from a buffer (fs/libfs.c).
#include <linux/err.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

namespace {

// `extra` bytes of zeroes behind the copy.
void *copied(const void __user *src, size_t len, size_t extra) {
    char *copy = static_cast<char *>(kmalloc(len + extra, GFP_KERNEL | __GFP_NOWARN));
    if (!copy)
        return ERR_PTR(-ENOMEM);
    if (copy_from_user(copy, src, len)) {
        kfree(copy);
        return ERR_PTR(-EFAULT);
    }
    memset(copy + len, 0, extra);
    return copy;
}

} // namespace

void *memdup_user(const void __user *src, size_t len) {
    return copied(src, len, 0);
}
EXPORT_SYMBOL(memdup_user);

void *vmemdup_user(const void __user *src, size_t len) {
    return copied(src, len, 0);
}
EXPORT_SYMBOL(vmemdup_user);

void *memdup_user_nul(const void __user *src, size_t len) {
    return copied(src, len, 1);
}
EXPORT_SYMBOL(memdup_user_nul);

char *strndup_user(const char __user *s, long n) {
    const long length = strnlen_user(s, n); // with its NUL
    if (!length)
        return static_cast<char *>(ERR_PTR(-EFAULT));
    if (length > n)
        return static_cast<char *>(ERR_PTR(-EINVAL));
    char *copy = static_cast<char *>(copied(s, static_cast<size_t>(length), 0));
    if (!IS_ERR(copy))
        copy[length - 1] = '\0';
    return copy;
}
EXPORT_SYMBOL(strndup_user);

ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from, size_t available) {
    if (*ppos < 0)
        return -EINVAL;
    const size_t at = static_cast<size_t>(*ppos);
    if (at >= available)
        return 0;
    const size_t bytes = min(count, available - at);
    memcpy(to, static_cast<const char *>(from) + at, bytes);
    *ppos += static_cast<loff_t>(bytes);
    return static_cast<ssize_t>(bytes);
}
EXPORT_SYMBOL(memory_read_from_buffer);
