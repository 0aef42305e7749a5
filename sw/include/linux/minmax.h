/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/compiler.h>
#include <linux/types.h>

/* Each argument is evaluated once. The _t forms compare as the named type. */
#define __minmax_op(x, op, y)                                                                                          \
	({                                                                                                             \
		__auto_type ___x = (x);                                                                                \
		__auto_type ___y = (y);                                                                                \
		___x op ___y ? ___x : ___y;                                                                            \
	})
#define __minmax_op_t(type, x, op, y)                                                                                  \
	({                                                                                                             \
		type ___x = (type)(x);                                                                                 \
		type ___y = (type)(y);                                                                                 \
		___x op ___y ? ___x : ___y;                                                                            \
	})

#ifdef __cplusplus
/* The common type of both, as the conditional operator gives it. */
template <class A, class B> static inline constexpr auto min(A a, B b) -> typename __unqual<decltype(true ? a : b)>::type
{
	return a < b ? a : b;
}
template <class A, class B> static inline constexpr auto max(A a, B b) -> typename __unqual<decltype(true ? a : b)>::type
{
	return a > b ? a : b;
}
#define min_t(type, x, y) min((type)(x), (type)(y))
#define max_t(type, x, y) max((type)(x), (type)(y))
#else
/* Linux: plain comparisons for where a constant expression is needed. */
#define MIN(x, y) ((x) < (y) ? (x) : (y))
#define MAX(x, y) ((x) > (y) ? (x) : (y))
/* Constant arguments give a constant expression, so that array sizes can be computed. */
#define __minmax_const(x, op, y) __builtin_choose_expr(__is_constexpr(x) && __is_constexpr(y), \
	((x) op (y) ? (x) : (y)), __minmax_op(x, op, y))
#define min(x, y) __minmax_const(x, <, y)
#define max(x, y) __minmax_const(x, >, y)
#define min_t(type, x, y) __builtin_choose_expr(__is_constexpr(x) && __is_constexpr(y), \
	((type)(x) < (type)(y) ? (type)(x) : (type)(y)), __minmax_op_t(type, x, <, y))
#define max_t(type, x, y) __builtin_choose_expr(__is_constexpr(x) && __is_constexpr(y), \
	((type)(x) > (type)(y) ? (type)(x) : (type)(y)), __minmax_op_t(type, x, >, y))
#endif

#define min3(x, y, z) min(min(x, y), z)
#define max3(x, y, z) max(max(x, y), z)
#define min_not_zero(x, y)                                                                                             \
	({                                                                                                             \
		__typeof__(x) __x = (x);                                                                               \
		__typeof__(y) __y = (y);                                                                               \
		__x == 0 ? __y : (__y == 0 ? __x : min(__x, __y));                                                     \
	})
#define clamp(val, lo, hi) min(max(val, lo), hi)
#define clamp_t(type, val, lo, hi) min_t(type, max_t(type, val, lo), hi)
#define clamp_val(val, lo, hi) clamp_t(__typeof__(val), val, lo, hi)
#ifdef __cplusplus
template <class T> static inline void swap(T &a, T &b)
{
	T t = a;

	a = b;
	b = t;
}
#else
#define swap(a, b)                                                                                                     \
	({                                                                                                             \
		__typeof__(a) __first = (a);                                                                           \
		(a) = (b);                                                                                             \
		(b) = __first;                                                                                         \
		(void)0;                                                                                               \
	})
/* Whether val is one of the len values from start on. */
#define in_range(val, start, len) ((u64)(val) - (u64)(start) < (u64)(len))
#endif

#endif
