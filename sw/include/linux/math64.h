/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/math.h>
#include <linux/types.h>

#define div64_long(x, y) div64_s64((x), (y))
#define div64_ul(x, y) div64_u64((x), (y))

/* This machine divides 64 bits by 64: all of these are the operator. */
static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	const u64 quotient = div64_u64(dividend, divisor);

	*remainder = dividend - quotient * divisor;
	return quotient;
}

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return div64_u64(dividend, divisor);
}

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	const u64 quotient = div_u64(dividend, divisor);

	*remainder = (u32)(dividend - quotient * divisor);
	return quotient;
}

/* For a quotient that is small: no division. */
static inline u32 iter_div_u64_rem(u64 dividend, u32 divisor, u64 *remainder)
{
	const u64 quotient = dividend / divisor;

	*remainder = dividend - quotient * divisor;
	return (u32)quotient;
}

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	return div64_s64(dividend, divisor);
}

static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	const s64 quotient = div_s64(dividend, divisor);

	*remainder = (s32)(dividend - quotient * divisor);
	return quotient;
}

static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}

/* (a * mul) >> shift with a product of 128 bits. */
static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (u64)(((u128)a * mul) >> shift);
}

static inline u64 mul_u64_u64_shr(u64 a, u64 mul, unsigned int shift)
{
	return (u64)(((u128)a * mul) >> shift);
}

/*
 * a * b / c. Division of 128 bits would be a call into the compiler's library, so it is done bit by bit where the
 * product needs more than 64.
 */
static inline u64 mul_u64_u64_div_u64(u64 a, u64 b, u64 c)
{
	u128 product = (u128)a * b;
	u64 rest, quotient = 0;
	int i;

	if (!(product >> 64))
		return (u64)product / c;
	rest = (u64)(product >> 64) % c;
	for (i = 63; i >= 0; i--) {
		bool carry = rest >> 63;

		rest = (rest << 1) | (((u64)product >> i) & 1);
		quotient <<= 1;
		if (carry || rest >= c) {
			rest -= c;
			quotient |= 1;
		}
	}
	return quotient;
}

static inline u64 mul_u64_u32_div(u64 a, u32 mul, u32 divisor)
{
	return mul_u64_u64_div_u64(a, mul, divisor);
}

#define DIV64_U64_ROUND_UP(ll, d)                                                                                      \
	({                                                                                                             \
		u64 _tmp = (d);                                                                                        \
		div64_u64((ll) + _tmp - 1, _tmp);                                                                      \
	})
#define DIV64_U64_ROUND_CLOSEST(dividend, divisor)                                                                     \
	({                                                                                                             \
		u64 _tmp = (divisor);                                                                                  \
		div64_u64((dividend) + _tmp / 2, _tmp);                                                                \
	})
#define DIV_U64_ROUND_UP(ll, d) DIV64_U64_ROUND_UP(ll, d)

/* The nearest whole number; halves go away from 0. */
static inline s64 __div_s64_nearest(s64 dividend, s32 divisor)
{
	const s64 half = (dividend > 0) == (divisor > 0) ? divisor / 2 : -(divisor / 2);

	return div_s64(dividend + half, divisor);
}
#define DIV_S64_ROUND_CLOSEST(dividend, divisor) __div_s64_nearest(dividend, divisor)

#endif
