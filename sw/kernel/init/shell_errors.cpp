// SPDX-License-Identifier: Apache-2.0
//
// Errors in the words of a C library, which a program on the board prints.
#include <linux/errno.h>

#include "kernel/init/shell.h"

const char *error_text(int error) {
    static const struct {
        int number;
        const char *text;
    } texts[] = {
        {EPERM, "Operation not permitted"},
        {ENOENT, "No such file or directory"},
        {ESRCH, "No such process"},
        {EINTR, "Interrupted system call"},
        {EIO, "Input/output error"},
        {ENXIO, "No such device or address"},
        {E2BIG, "Argument list too long"},
        {ENOEXEC, "Exec format error"},
        {EBADF, "Bad file descriptor"},
        {EAGAIN, "Resource temporarily unavailable"},
        {ENOMEM, "Cannot allocate memory"},
        {EACCES, "Permission denied"},
        {EFAULT, "Bad address"},
        {EBUSY, "Device or resource busy"},
        {EEXIST, "File exists"},
        {ENODEV, "No such device"},
        {ENOTDIR, "Not a directory"},
        {EISDIR, "Is a directory"},
        {EINVAL, "Invalid argument"},
        {ENOTTY, "Inappropriate ioctl for device"},
        {EFBIG, "File too large"},
        {ENOSPC, "No space left on device"},
        {ESPIPE, "Illegal seek"},
        {EROFS, "Read-only file system"},
        {EPIPE, "Broken pipe"},
        {EDOM, "Numerical argument out of domain"},
        {ERANGE, "Numerical result out of range"},
        {EDEADLK, "Resource deadlock avoided"},
        {ENAMETOOLONG, "File name too long"},
        {ENOSYS, "Function not implemented"},
        {ENOTEMPTY, "Directory not empty"},
        {ELOOP, "Too many levels of symbolic links"},
        {ENODATA, "No data available"},
        {EPROTO, "Protocol error"},
        {EOVERFLOW, "Value too large for defined data type"},
        {EOPNOTSUPP, "Operation not supported"},
        {ETIMEDOUT, "Connection timed out"},
        {ENOTCONN, "Transport endpoint is not connected"},
        {EALREADY, "Operation already in progress"},
        {EINPROGRESS, "Operation now in progress"},
        {ECANCELED, "Operation canceled"},
        // What the kernel uses among its own parts and a program gets to see when a driver lets it out.
        {ERESTARTSYS, "Interrupted system call"},
        {EPROBE_DEFER, "Unknown error 517"},
    };
    if (error < 0)
        error = -error;
    for (const auto &entry : texts) {
        if (entry.number == error)
            return entry.text;
    }
    return "Unknown error";
}
