/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/types.h>

#define check_add_overflow(a, b, d) __builtin_add_overflow(a, b, d)
#define check_sub_overflow(a, b, d) __builtin_sub_overflow(a, b, d)
#define check_mul_overflow(a, b, d) __builtin_mul_overflow(a, b, d)

#define is_signed_type(type) (((type)(-1)) < (type)1)
/* The largest and the smallest value of a type. */
#define __type_half_max(type) ((type)1 << (8 * sizeof(type) - 1 - is_signed_type(type)))
#define type_max(T) ((T)((__type_half_max(T) - 1) + __type_half_max(T)))
#define type_min(T) ((T)((T)-type_max(T) - (T)1))
#define is_non_negative(a) ((a) > 0 || (a) == 0)
#define is_negative(a) (!(is_non_negative(a)))

/* *d = a << s, which is 0 when the result says that bits, or the sign, would be lost, or that s is not a width of a shift. */
#define check_shl_overflow(a, s, d)                                                                                    \
	({                                                                                                             \
		__typeof__(a) __shl_value = (a);                                                                       \
		__typeof__(s) __shl_width = (s);                                                                       \
		__typeof__(d) __shl_result = (d);                                                                      \
		bool __shl_bad = is_negative(__shl_width) || __shl_width >= 8 * (int)sizeof(*__shl_result);            \
		const u64 __shl_wide = (u64)__shl_value << (__shl_bad ? 0 : __shl_width);                              \
		*__shl_result = (__typeof__(*__shl_result))__shl_wide;                                                 \
		__shl_bad |= is_negative(__shl_value) || is_negative(*__shl_result) ||                                 \
			     (__typeof__(__shl_value))(*__shl_result >> (__shl_bad ? 0 : __shl_width)) != __shl_value; \
		if (__shl_bad)                                                                                         \
			*__shl_result = 0;                                                                             \
		__shl_bad;                                                                                             \
	})

/*
 * Sizes that stop at SIZE_MAX, which no allocator has: a result that does not fit, or is below 0, is SIZE_MAX, and a
 * difference with SIZE_MAX in it as well.
 */
static inline size_t __must_check size_mul(size_t a, size_t b)
{
	const unsigned __int128 product = (unsigned __int128)a * b;

	return product > SIZE_MAX ? SIZE_MAX : (size_t)product;
}

static inline size_t __must_check size_add(size_t a, size_t b)
{
	const size_t room = SIZE_MAX - a;

	return a + (b < room ? b : room);
}

static inline size_t __must_check size_sub(size_t minuend, size_t subtrahend)
{
	/* A subtrahend of SIZE_MAX is above every other minuend. */
	return minuend != SIZE_MAX && subtrahend <= minuend ? minuend - subtrahend : SIZE_MAX;
}

#define array_size(a, b) size_mul(a, b)
#define array3_size(a, b, c) size_mul(size_mul(a, b), c)
#define flex_array_size(p, member, count) size_mul(count, sizeof(*(p)->member))
#define struct_size(p, member, count) size_add(sizeof(*(p)), flex_array_size(p, member, count))
#define struct_size_t(type, member, count) struct_size((type *)NULL, member, count)

#endif
