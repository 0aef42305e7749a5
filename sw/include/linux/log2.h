/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

#include <linux/bitops.h>
#include <linux/types.h>

/* Rounded down; n > 0. A constant argument gives a constant expression. */
#define ilog2(n) (__builtin_constant_p(n) ? ((n) < 2 ? 0 : 63 - __builtin_clzll(n)) : __ilog2_u64(n))
#define const_ilog2(n) ((n) < 2 ? 0 : 63 - __builtin_clzll(n))

static __always_inline int __ilog2_u64(u64 n)
{
	return fls64(n) - 1;
}

static __always_inline int __ilog2_u32(u32 n)
{
	return fls(n) - 1;
}

static __always_inline bool is_power_of_2(unsigned long n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

static __always_inline unsigned long __roundup_pow_of_two(unsigned long n)
{
	return n <= 1 ? 1 : 1UL << fls_long(n - 1);
}

static __always_inline unsigned long __rounddown_pow_of_two(unsigned long n)
{
	return 1UL << (fls_long(n) - 1);
}

#define roundup_pow_of_two(n)                                                                                          \
	(__builtin_constant_p(n) ? ((n) < 2 ? 1UL : 1UL << (64 - __builtin_clzll((n) - 1))) : __roundup_pow_of_two(n))
#define rounddown_pow_of_two(n)                                                                                        \
	(__builtin_constant_p(n) ? (1UL << (63 - __builtin_clzll(n))) : __rounddown_pow_of_two(n))

static __always_inline int order_base_2(unsigned long n)
{
	return n > 1 ? __ilog2_u64(n - 1) + 1 : 0;
}

static __always_inline int bits_per(unsigned long n)
{
	return n < 2 ? 1 : __ilog2_u64(n) + 1;
}

#endif
