/* SPDX-License-Identifier: Apache-2.0 */
/* Programs of 32 bits: there are none (Linux 6.1, include/linux/compat.h without CONFIG_COMPAT). */
#ifndef _LINUX_COMPAT_H
#define _LINUX_COMPAT_H

#include <linux/types.h>

#define is_compat_task() (0)
static inline bool in_compat_syscall(void)
{
	return false;
}

typedef u32 compat_uptr_t;
typedef s32 compat_int_t, compat_long_t, compat_ssize_t;
typedef u32 compat_uint_t, compat_ulong_t, compat_size_t;
typedef s64 compat_s64;
typedef u64 compat_u64;

static inline void __user *compat_ptr(compat_uptr_t uptr)
{
	return (void __user *)(unsigned long)uptr;
}

#endif
