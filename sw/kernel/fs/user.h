// SPDX-License-Identifier: Apache-2.0
//
// Memory of user programs: the buffers that the shell's commands pass to read, write and ioctl. It is a region of its
// own, so that a driver that mixes up kernel and user pointers gets -EFAULT here as on the board.
#ifndef KERNEL_FS_USER_H
#define KERNEL_FS_USER_H

#include <linux/types.h>

static const size_t USER_SLOT_SIZE = 64 * 1024;

void user_memory_init(void);
// One slot of USER_SLOT_SIZE bytes, with what its last user left there; null when all are in use.
void *user_alloc(void);
void user_free(void *slot);

#endif
