// SPDX-License-Identifier: Apache-2.0
#include <linux/crc32.h>
#include <linux/export.h>

u32 crc32_le(u32 crc, const unsigned char *p, size_t len) {
    for (; len; len--) {
        crc ^= *p++;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320U : 0);
    }
    return crc;
}
EXPORT_SYMBOL(crc32_le);

u32 crc32_be(u32 crc, const unsigned char *p, size_t len) {
    for (; len; len--) {
        crc ^= static_cast<u32>(*p++) << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc << 1) ^ (crc & 0x80000000U ? 0x04c11db7U : 0);
    }
    return crc;
}
EXPORT_SYMBOL(crc32_be);
