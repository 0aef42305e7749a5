// SPDX-License-Identifier: Apache-2.0
#include <linux/reciprocal_div.h>

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>

// 2^(32 + bits) / d, rounded up, lies between 2^32 and 2^33: its lower 32 bits are kept.
struct reciprocal_value reciprocal_value(u32 d) {
    const int bits = fls(d - 1);
    const u64 excess = (1ULL << bits) - d;

    return {static_cast<u32>((excess << 32) / d + 1), static_cast<u8>(min(bits, 1)), static_cast<u8>(max(bits, 1) - 1)};
}
EXPORT_SYMBOL(reciprocal_value);
