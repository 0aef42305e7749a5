// SPDX-License-Identifier: Apache-2.0
// CRCs of 32 bits, a bit at a time: their polynomials differ, and which end of a byte comes first.
#include <linux/crc32.h>
#include <linux/export.h>

namespace {

constexpr u32 ieee_reflected = 0xedb88320U, ieee = 0x04c11db7U, castagnoli_reflected = 0x82f63b78U;

template <u32 polynomial>
u32 low_bit_first(u32 crc) {
    return (crc >> 1) ^ (crc & 1 ? polynomial : 0);
}

template <u32 polynomial>
u32 crc_of(u32 crc, const unsigned char *p, size_t len) {
    for (; len; len--) {
        crc ^= *p++;
        for (int bit = 0; bit < 8; bit++)
            crc = low_bit_first<polynomial>(crc);
    }
    return crc;
}

// a * b, both polynomials with their lowest coefficient in the highest bit, modulo the CRC's own.
template <u32 polynomial>
u32 product(u32 a, u32 b) {
    u32 sum = 0;
    for (u32 bit = 0x80000000U; bit; bit >>= 1) {
        if (a & bit)
            sum ^= b;
        b = low_bit_first<polynomial>(b);
    }
    return sum;
}

// A byte of 0 multiplies by x^8; len of them by its len-th power, which squaring reaches.
template <u32 polynomial>
u32 zeros_behind(u32 crc, size_t len) {
    u32 power = 0x80000000U >> 8;
    for (; len; len >>= 1) {
        if (len & 1)
            crc = product<polynomial>(crc, power);
        power = product<polynomial>(power, power);
    }
    return crc;
}

} // namespace

u32 crc32_le(u32 crc, const unsigned char *p, size_t len) {
    return crc_of<ieee_reflected>(crc, p, len);
}
EXPORT_SYMBOL(crc32_le);

u32 __crc32c_le(u32 crc, const unsigned char *p, size_t len) {
    return crc_of<castagnoli_reflected>(crc, p, len);
}
EXPORT_SYMBOL(__crc32c_le);

u32 crc32_le_shift(u32 crc, size_t len) {
    return zeros_behind<ieee_reflected>(crc, len);
}
EXPORT_SYMBOL(crc32_le_shift);

u32 __crc32c_le_shift(u32 crc, size_t len) {
    return zeros_behind<castagnoli_reflected>(crc, len);
}
EXPORT_SYMBOL(__crc32c_le_shift);

u32 crc32_be(u32 crc, const unsigned char *p, size_t len) {
    for (; len; len--) {
        crc ^= static_cast<u32>(*p++) << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc << 1) ^ (crc & 0x80000000U ? ieee : 0);
    }
    return crc;
}
EXPORT_SYMBOL(crc32_be);
