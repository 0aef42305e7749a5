/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_KSTRTOX_H
#define _LINUX_KSTRTOX_H

#include <linux/compiler.h>
#include <linux/types.h>

__BEGIN_DECLS
/* Whole string, one newline at the end allowed. base 0: by prefix. 0, -EINVAL or -ERANGE. lib/kstrtox.cpp */
int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int __must_check kstrtoll(const char *s, unsigned int base, long long *res);
int __must_check kstrtoul(const char *s, unsigned int base, unsigned long *res);
int __must_check kstrtol(const char *s, unsigned int base, long *res);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res);
int __must_check kstrtoint(const char *s, unsigned int base, int *res);
int __must_check kstrtou16(const char *s, unsigned int base, u16 *res);
int __must_check kstrtos16(const char *s, unsigned int base, s16 *res);
int __must_check kstrtou8(const char *s, unsigned int base, u8 *res);
int __must_check kstrtos8(const char *s, unsigned int base, s8 *res);
int __must_check kstrtobool(const char *s, bool *res);

/* From user memory, up to `count` bytes. */
int __must_check kstrtoull_from_user(const char __user *s, size_t count, unsigned int base, unsigned long long *res);
int __must_check kstrtoll_from_user(const char __user *s, size_t count, unsigned int base, long long *res);
int __must_check kstrtoul_from_user(const char __user *s, size_t count, unsigned int base, unsigned long *res);
int __must_check kstrtol_from_user(const char __user *s, size_t count, unsigned int base, long *res);
int __must_check kstrtouint_from_user(const char __user *s, size_t count, unsigned int base, unsigned int *res);
int __must_check kstrtoint_from_user(const char __user *s, size_t count, unsigned int base, int *res);
int __must_check kstrtou8_from_user(const char __user *s, size_t count, unsigned int base, u8 *res);
int __must_check kstrtobool_from_user(const char __user *s, size_t count, bool *res);

/* The old ones: they stop at what is not a digit, and say nothing of overflow. */
unsigned long long simple_strtoull(const char *s, char **end, unsigned int base);
long long simple_strtoll(const char *s, char **end, unsigned int base);
unsigned long simple_strtoul(const char *s, char **end, unsigned int base);
long simple_strtol(const char *s, char **end, unsigned int base);
__END_DECLS

/* The names by width: each is the function of the C type that has this width. */
#define __KSTRTO_WIDTH(name, same_width, type)                                                     \
	static inline int __must_check name(const char *s, unsigned int base, type *res)           \
	{                                                                                          \
		return same_width(s, base, res);                                                   \
	}
__KSTRTO_WIDTH(kstrtos32, kstrtoint, s32)
__KSTRTO_WIDTH(kstrtou32, kstrtouint, u32)
__KSTRTO_WIDTH(kstrtos64, kstrtoll, s64)
__KSTRTO_WIDTH(kstrtou64, kstrtoull, u64)
#undef __KSTRTO_WIDTH

/* The older name. */
static inline int strtobool(const char *s, bool *res)
{
	return kstrtobool(s, res);
}

#endif
