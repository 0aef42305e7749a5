// SPDX-License-Identifier: Apache-2.0
#include <asm/unaligned.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/string.h>

const char hex_asc[] = "0123456789abcdef";
EXPORT_SYMBOL(hex_asc);
const char hex_asc_upper[] = "0123456789ABCDEF";
EXPORT_SYMBOL(hex_asc_upper);

int hex_to_bin(unsigned char ch) {
    if (isdigit(ch))
        return ch - '0';
    return isxdigit(ch) ? tolower(ch) - 'a' + 10 : -1;
}
EXPORT_SYMBOL(hex_to_bin);

int hex2bin(u8 *dst, const char *src, size_t count) {
    for (; count; count--, src += 2) {
        int high = hex_to_bin(src[0]);
        int low = high < 0 ? -1 : hex_to_bin(src[1]);

        if (low < 0)
            return -EINVAL;
        *dst++ = static_cast<u8>(high << 4 | low);
    }
    return 0;
}
EXPORT_SYMBOL(hex2bin);

char *bin2hex(char *dst, const void *src, size_t count) {
    const auto *bytes = static_cast<const u8 *>(src);
    for (size_t i = 0; i < count; ++i)
        hex_byte_pack(dst + 2 * i, bytes[i]);
    return dst + 2 * count;
}
EXPORT_SYMBOL(bin2hex);

int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf, size_t linebuflen,
                       bool ascii) {
    const u8 *bytes = static_cast<const u8 *>(buf);
    size_t used = 0;

    if (rowsize != 16 && rowsize != 32)
        rowsize = 16;
    len = min(len, static_cast<size_t>(rowsize));
    if (!is_power_of_2(groupsize) || groupsize > 8 || len % groupsize)
        groupsize = 1;
    if (linebuflen)
        linebuf[0] = '\0';

    auto add = [&](const char *fmt, auto value) {
        used += snprintf(linebuf + min(used, linebuflen), used < linebuflen ? linebuflen - used : 0, fmt, value);
    };
    for (size_t i = 0; i < len; i += groupsize) {
        if (i)
            add("%s", " ");
        switch (groupsize) {
        case 8:
            add("%16.16llx", get_unaligned_le64(bytes + i));
            break;
        case 4:
            add("%8.8x", get_unaligned_le32(bytes + i));
            break;
        case 2:
            add("%4.4x", static_cast<unsigned int>(get_unaligned_le16(bytes + i)));
            break;
        default:
            add("%2.2x", static_cast<unsigned int>(bytes[i]));
            break;
        }
    }
    if (ascii) {
        // The column that a full row would end at.
        size_t column = rowsize * 2 + rowsize / groupsize + 1;

        while (used < column)
            add("%s", " ");
        for (size_t i = 0; i < len; i++)
            add("%c", isascii(bytes[i]) && isprint(bytes[i]) ? static_cast<int>(bytes[i]) : static_cast<int>('.'));
    }
    return used;
}
EXPORT_SYMBOL(hex_dump_to_buffer);

void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize, int groupsize,
                    const void *buf, size_t len, bool ascii) {
    const u8 *const start = static_cast<const u8 *>(buf), *const end = start + len;
    const int step = rowsize == 32 ? 32 : 16;
    char where[24] = "", row[32 * 3 + 2 + 32 + 1];

    for (const u8 *at = start; at < end; at += step) {
        if (prefix_type == DUMP_PREFIX_OFFSET)
            snprintf(where, sizeof(where), "%.8x: ", static_cast<unsigned int>(at - start));
        else if (prefix_type == DUMP_PREFIX_ADDRESS)
            snprintf(where, sizeof(where), "%px: ", at);
        hex_dump_to_buffer(at, end - at, step, groupsize, row, sizeof(row), ascii);
        printk("%s%s%s%s\n", level, prefix_str, where, row);
    }
}
EXPORT_SYMBOL(print_hex_dump);
