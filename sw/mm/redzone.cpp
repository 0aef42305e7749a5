// SPDX-License-Identifier: Apache-2.0
// What stands behind each object, and in those that are free, so that a write there is seen. This unit goes without
// block costs.
#include "mm/internal.h"

namespace {
constexpr u64 word_of_ones = 0x0101010101010101;
} // namespace

void pattern_fill(void *from, unsigned char pattern, size_t bytes) {
    auto *at = static_cast<volatile unsigned char *>(from);
    size_t i = 0;
    for (; i < bytes && (reinterpret_cast<unsigned long>(at + i) & 7); i++)
        at[i] = pattern;
    for (; i + 8 <= bytes; i += 8)
        *reinterpret_cast<volatile u64 *>(at + i) = pattern * word_of_ones;
    for (; i < bytes; i++)
        at[i] = pattern;
}

bool pattern_is_whole(const void *from, unsigned char pattern, size_t bytes) {
    const auto *at = static_cast<const volatile unsigned char *>(from);
    size_t i = 0;
    while (i < bytes && (reinterpret_cast<unsigned long>(at + i) & 7) && at[i] == pattern)
        i++;
    if (!(reinterpret_cast<unsigned long>(at + i) & 7))
        while (i + 8 <= bytes && *reinterpret_cast<const volatile u64 *>(at + i) == pattern * word_of_ones)
            i += 8;
    while (i < bytes && at[i] == pattern)
        i++;
    return i == bytes;
}
