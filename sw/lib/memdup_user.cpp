// SPDX-License-Identifier: Apache-2.0
// Copies of what a program hands in (Linux: mm/util.c), and reading from a buffer (fs/libfs.c).
#include <linux/err.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "lib/result.h"

namespace {

// Memory that frees itself unless somebody takes it over.
class fresh_bytes {
public:
    explicit fresh_bytes(size_t n)
        : bytes_(static_cast<char *>(kmalloc(n, GFP_KERNEL | __GFP_NOWARN))) {}
    ~fresh_bytes() { kfree(bytes_); }
    fresh_bytes(const fresh_bytes &) = delete;
    fresh_bytes &operator=(const fresh_bytes &) = delete;

    char *get() const { return bytes_; }
    char *take_over() {
        char *const taken = bytes_;
        bytes_ = nullptr;
        return taken;
    }

private:
    char *bytes_;
};

// What a program has at `src`, with `extra` bytes of zeroes behind it.
result<char *> user_copy(const void __user *src, size_t len, size_t extra) {
    fresh_bytes copy(len + extra);
    const int error = !copy.get() ? -ENOMEM : copy_from_user(copy.get(), src, len) ? -EFAULT : 0;
    if (error)
        return failure(error);
    memset(copy.get() + len, 0, extra);
    return copy.take_over();
}

// The length of a program's string that takes at most `most` bytes with its NUL.
result<size_t> user_string_length(const char __user *s, long most) {
    const long bytes = strnlen_user(s, most);
    if (bytes > 0 && bytes <= most)
        return static_cast<size_t>(bytes) - 1;
    return failure(bytes ? -EINVAL : -EFAULT);
}

// A file's whole contents. Behind their end nothing is left.
struct readable_bytes {
    const char *first;
    size_t size;

    size_t read(void *to, size_t count, loff_t position) const {
        const size_t start = min(static_cast<size_t>(position), size), moved = min(count, size - start);
        memcpy(to, first + start, moved);
        return moved;
    }
};

} // namespace

void *memdup_user(const void __user *src, size_t len) {
    return as_err_ptr(user_copy(src, len, 0));
}
EXPORT_SYMBOL(memdup_user);

void *vmemdup_user(const void __user *src, size_t len) {
    return as_err_ptr(user_copy(src, len, 0));
}
EXPORT_SYMBOL(vmemdup_user);

void *memdup_user_nul(const void __user *src, size_t len) {
    return as_err_ptr(user_copy(src, len, 1));
}
EXPORT_SYMBOL(memdup_user_nul);

char *strndup_user(const char __user *s, long n) {
    result<size_t> length = user_string_length(s, n);
    return as_err_ptr(length ? user_copy(s, *length, 1) : length.fail());
}
EXPORT_SYMBOL(strndup_user);

ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from, size_t available) {
    if (*ppos < 0)
        return -EINVAL;
    const size_t moved = readable_bytes{static_cast<const char *>(from), available}.read(to, count, *ppos);
    *ppos += static_cast<loff_t>(moved);
    return static_cast<ssize_t>(moved);
}
EXPORT_SYMBOL(memory_read_from_buffer);
