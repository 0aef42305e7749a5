/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CRC32_H
#define _LINUX_CRC32_H

#include <linux/types.h>

__BEGIN_DECLS
/* IEEE 802.3 polynomial, without inversion of start or result. */
u32 crc32_le(u32 crc, const unsigned char *p, size_t len);
u32 crc32_be(u32 crc, const unsigned char *p, size_t len);
/* Castagnoli's polynomial. */
u32 __crc32c_le(u32 crc, const unsigned char *p, size_t len);
/* What CRC the first part, of which crc is the CRC, has with len more bytes of 0. */
u32 crc32_le_shift(u32 crc, size_t len);
u32 __crc32c_le_shift(u32 crc, size_t len);
__END_DECLS

/* The CRC of two parts in a row from the CRC of each; the second is len2 bytes long. */
static inline u32 crc32_le_combine(u32 crc1, u32 crc2, size_t len2)
{
	return crc32_le_shift(crc1, len2) ^ crc2;
}

static inline u32 __crc32c_le_combine(u32 crc1, u32 crc2, size_t len2)
{
	return __crc32c_le_shift(crc1, len2) ^ crc2;
}

#define crc32(seed, data, length) crc32_le(seed, (const unsigned char *)(data), length)

#endif
