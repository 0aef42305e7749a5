/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SWAB_H
#define _LINUX_SWAB_H

#include <linux/types.h>

#define swab16(x) __builtin_bswap16((__u16)(x))
#define swab32(x) __builtin_bswap32((__u32)(x))
#define swab64(x) __builtin_bswap64((__u64)(x))
#define __swab16(x) swab16(x)
#define __swab32(x) swab32(x)
#define __swab64(x) swab64(x)
#define swahw32(x) ((__u32)(((__u32)(x) << 16) | ((__u32)(x) >> 16)))

/* Each of `words` values in place. */
static inline void swab16_array(u16 *buf, unsigned int words)
{
	for (; words--; buf++)
		*buf = swab16(*buf);
}

static inline void swab32_array(u32 *buf, unsigned int words)
{
	for (; words--; buf++)
		*buf = swab32(*buf);
}

static inline void swab64_array(u64 *buf, unsigned int words)
{
	for (; words--; buf++)
		*buf = swab64(*buf);
}

#endif
