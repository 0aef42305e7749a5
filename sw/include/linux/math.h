/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H

#include <linux/types.h>
#include <asm/div64.h>

#define __round_mask(x, y) ((__typeof__(x))((y) - 1))
#define round_up(x, y) ((((x) - 1) | __round_mask(x, y)) + 1)
#define round_down(x, y) ((x) & ~__round_mask(x, y))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define DIV_ROUND_DOWN_ULL(ll, d) ((unsigned long long)(ll) / (d))
#define DIV_ROUND_UP_ULL(ll, d) DIV_ROUND_DOWN_ULL((unsigned long long)(ll) + (d) - 1, (d))
#define DIV_ROUND_UP_SECTOR_T(ll, d) DIV_ROUND_UP_ULL(ll, d)
#define roundup(x, y)                                                                                                  \
	({                                                                                                             \
		__typeof__(y) __y = (y);                                                                               \
		(((x) + (__y - 1)) / __y) * __y;                                                                       \
	})
#define rounddown(x, y)                                                                                                \
	({                                                                                                             \
		__typeof__(x) __x = (x);                                                                               \
		__x - (__x % (y));                                                                                     \
	})
/* To the nearest, also for negative x; d is positive or unsigned. Half of d goes the way that the quotient goes. */
#define __is_unsigned(x) ((__typeof__(x))-1 > 0)
#define DIV_ROUND_CLOSEST(x, divisor)                                                                                  \
	({                                                                                                             \
		const __typeof__(divisor) __by = (divisor);                                                            \
		const __typeof__(x) __of = (x);                                                                        \
		const int __down = !__is_unsigned(__of) && !__is_unsigned(__by) && (__of > 0) != (__by > 0);           \
		(__down ? __of - __by / 2 : __of + __by / 2) / __by;                                                   \
	})
#define DIV_ROUND_CLOSEST_ULL(x, divisor)                                                                              \
	({                                                                                                             \
		unsigned long long __x = (x);                                                                          \
		unsigned long long __d = (divisor);                                                                    \
		(__x + __d / 2) / __d;                                                                                 \
	})
#define mult_frac(x, n, d)                                                                                             \
	({                                                                                                             \
		__typeof__(x) x_ = (x);                                                                                \
		__typeof__(n) n_ = (n);                                                                                \
		__typeof__(d) d_ = (d);                                                                                \
		__typeof__(x_) q = x_ / d_;                                                                            \
		__typeof__(x_) r = x_ % d_;                                                                            \
		q * n_ + r * n_ / d_;                                                                                  \
	})

#ifdef __cplusplus
template <class T> static inline constexpr T abs(T x)
{
	return x < 0 ? -x : x;
}
#else
#define abs(x)                                                                                                         \
	({                                                                                                             \
		__typeof__(x) __abs_x = (x);                                                                           \
		__abs_x < 0 ? -__abs_x : __abs_x;                                                                      \
	})
#endif
#define abs_diff(a, b)                                                                                                 \
	({                                                                                                             \
		__typeof__(a) __a = (a);                                                                               \
		__typeof__(b) __b = (b);                                                                               \
		__a > __b ? (__a - __b) : (__b - __a);                                                                 \
	})

#define __STRUCT_FRACT(type)        \
	struct type##_fract {       \
		type numerator;     \
		type denominator;   \
	};
__STRUCT_FRACT(s16)
__STRUCT_FRACT(u16)
__STRUCT_FRACT(s32)
__STRUCT_FRACT(u32)
#undef __STRUCT_FRACT

static inline u32 reciprocal_scale(u32 val, u32 ep_ro)
{
	return (u32)(((u64)val * ep_ro) >> 32);
}

__BEGIN_DECLS
u64 int_pow(u64 base, unsigned int exp);
unsigned long int_sqrt(unsigned long x);
u32 int_sqrt64(u64 x);
__END_DECLS

#endif
