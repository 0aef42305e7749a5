// SPDX-License-Identifier: Apache-2.0
//
// What a command reads: the paths it is given, one after the other, or what stands before it in a pipeline.
#ifndef KERNEL_INIT_SHELL_INPUT_H
#define KERNEL_INIT_SHELL_INPUT_H

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/sched/signal.h>

#include "kernel/fs/user.h"
#include "kernel/init/shell.h"

// Calls take(text, length) for what `next(buffer, size)` brings until there is no more or take returns false. 0, or the
// error; to be killed while reading is an end.
template <class Next, class Take>
ssize_t drain(Next next, Take take) {
    char *buffer = static_cast<char *>(user_alloc());
    if (!buffer)
        return -ENOMEM;
    ssize_t n;
    do
        n = next(buffer, USER_SLOT_SIZE);
    while (n > 0 && take(static_cast<const char *>(buffer), static_cast<size_t>(n)));
    user_free(buffer);
    return n < 0 && !(n == -ERESTARTSYS && signal_pending(current)) ? n : 0;
}

// Calls take(path, text, length) for each piece of each file that argv names from `first` on, or of the input if it
// names none; take returns false when it has seen enough of that file. Returns the command's status; a file that cannot
// be read does not keep from the next one.
template <class Take>
int for_each_input(const shell_call &call, int first, Take take) {
    if (first >= call.argc) {
        const ssize_t error = drain([&](char *buffer, size_t size) { return call.in->read(buffer, size); },
                                    [&](const char *text, size_t n) { return take("", text, n); });
        return error ? call.fail("%s: %s", call.argv[0], error_text(error)) : 0;
    }
    int status = 0;
    for (int i = first; i < call.argc; i++) {
        const char *path = call.argv[i];
        struct file *file = filp_open(path, O_RDONLY, 0);
        ssize_t error = PTR_ERR_OR_ZERO(file);
        if (!error) {
            error = drain([&](char *buffer, size_t size) { return vfs_read(file, buffer, size, &file->f_pos); },
                          [&](const char *text, size_t n) { return take(path, text, n); });
            filp_close(file, nullptr);
        }
        if (error) {
            char hint[128] = "";
            if (error == -ENOENT)
                suggest_path(path, hint, sizeof(hint));
            status = call.fail("%s: %s: %s%s", call.argv[0], path, error_text(error), hint);
        }
    }
    return status;
}

#endif
