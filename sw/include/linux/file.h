/* SPDX-License-Identifier: Apache-2.0 */
/* Files by descriptor (Linux 6.1, include/linux/file.h). kernel/fs/file.cpp */
#ifndef __LINUX_FILE_H
#define __LINUX_FILE_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/types.h>

struct fd {
	struct file *file;
	unsigned int flags;
};
#define FDPUT_FPUT     1
#define FDPUT_POS_UNLOCK 2

__BEGIN_DECLS
/* The file with a reference, to be given back with fput(); NULL: there is none. */
struct file *fget(unsigned int fd);
unsigned long __fdget(unsigned int fd);
/* A free descriptor, or -EMFILE; it has its file with fd_install(), and is the program's from then on. */
int get_unused_fd_flags(unsigned int flags);
void put_unused_fd(unsigned int fd);
void fd_install(unsigned int fd, struct file *file);
int close_fd(unsigned int fd);
__END_DECLS

static inline void fdput(struct fd fd)
{
	if (fd.flags & FDPUT_FPUT)
		fput(fd.file);
}

static inline struct fd __to_fd(unsigned long v)
{
	const unsigned int flags = v & (FDPUT_FPUT | FDPUT_POS_UNLOCK);

	return (struct fd){ (struct file *)(v - flags), flags };
}

static inline struct fd fdget(unsigned int fd)
{
	return __to_fd(__fdget(fd));
}

#endif
