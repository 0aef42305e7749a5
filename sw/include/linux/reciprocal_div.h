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

static inline u32 reciprocal_divide(u32 a, struct reciprocal_value r)
{
	const u32 high = (u32)(((u64)a * r.m) >> 32);

	return (high + ((a - high) >> r.sh1)) >> r.sh2;
}
#endif
