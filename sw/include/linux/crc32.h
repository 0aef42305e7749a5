/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CRC32_H
#define _LINUX_CRC32_H

#include <linux/types.h>

__BEGIN_DECLS
/* IEEE 802.3 polynomial, without inversion of start or result. */
u32 crc32_le(u32 crc, const unsigned char *p, size_t len);
u32 crc32_be(u32 crc, const unsigned char *p, size_t len);
__END_DECLS
#define crc32(seed, data, length) crc32_le(seed, (const unsigned char *)(data), length)

#endif
