/* SPDX-License-Identifier: Apache-2.0 */
/* Division by a number that stays, as a multiplication (Linux's include/linux/reciprocal_div.h). */
#ifndef _LINUX_RECIPROCAL_DIV_H
#define _LINUX_RECIPROCAL_DIV_H

#include <linux/compiler.h>
#include <linux/types.h>

struct reciprocal_value {
	u32 m; /* the factor, without its bit 32 */
	u8 sh1, sh2;
};

__BEGIN_DECLS
/* d is not 0. */
struct reciprocal_value reciprocal_value(u32 d);
__END_DECLS

/*
 * a / d, rounded down, for every a: a times the factor of 33 bits, whose bit 32 adds a itself. That sum has 33 bits as
 * well, so the shift is done in one step, in 64 bits.
 */
static inline u32 reciprocal_divide(u32 a, struct reciprocal_value r)
{
	const u64 product = (u64)r.m * a;

	return (u32)((a + (product >> 32)) >> (r.sh1 + r.sh2));
}
#endif
