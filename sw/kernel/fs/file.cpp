// SPDX-License-Identifier: Apache-2.0
// Descriptors (Linux: fs/file.c). One table serves all that runs here as a program: the shell's commands, one after the
// other. What a command has got from a driver is closed when it ends, as at a program's end.
#include <linux/file.h>

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/spinlock.h>

#include "kernel/fs/descriptors.h"
#include "lib/guard.h"

namespace {

constexpr unsigned first = 3, most = 64; // below are the program's own three

unsigned long taken; // a bit each
struct file *files[most];
DEFINE_SPINLOCK(table);

// The file of a descriptor, with a reference.
struct file *find(unsigned fd) {
    hold l(table);
    struct file *file = fd < most ? files[fd] : nullptr;
    if (file)
        get_file(file);
    return file;
}

} // namespace

int get_unused_fd_flags(unsigned) {
    hold l(table);
    for (unsigned fd = first; fd < most; fd++)
        if (!__test_and_set_bit(fd, &taken))
            return static_cast<int>(fd);
    return -EMFILE;
}
EXPORT_SYMBOL(get_unused_fd_flags);

void put_unused_fd(unsigned fd) {
    hold l(table);
    __clear_bit(fd, &taken);
}
EXPORT_SYMBOL(put_unused_fd);

void fd_install(unsigned fd, struct file *file) {
    hold l(table);
    files[fd] = file;
}
EXPORT_SYMBOL(fd_install);

int close_fd(unsigned fd) {
    hold l(table);
    struct file *file = fd < most ? files[fd] : nullptr;
    if (!file)
        return -EBADF;
    files[fd] = nullptr;
    __clear_bit(fd, &taken);
    l.release();
    return filp_close(file, nullptr);
}
EXPORT_SYMBOL(close_fd);

struct file *fget(unsigned fd) {
    return find(fd);
}
EXPORT_SYMBOL(fget);

unsigned long __fdget(unsigned fd) {
    struct file *file = find(fd);
    return file ? reinterpret_cast<unsigned long>(file) | FDPUT_FPUT : 0;
}
EXPORT_SYMBOL(__fdget);

void close_all_descriptors() {
    for (unsigned fd = first; READ_ONCE(taken) && fd < most; fd++)
        close_fd(fd);
}
