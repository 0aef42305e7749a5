// SPDX-License-Identifier: Apache-2.0
// What stands behind each object, and in those that are free, so that a write there is seen. This unit goes without
// block costs.
#include "mm/internal.h"

void pattern_fill(void *from, unsigned char pattern, size_t bytes) {
    auto *at = static_cast<volatile unsigned char *>(from);
    for (size_t i = 0; i < bytes; i++)
        at[i] = pattern;
}

bool pattern_is_whole(const void *from, unsigned char pattern, size_t bytes) {
    const auto *at = static_cast<const volatile unsigned char *>(from);
    size_t i = 0;
    while (i < bytes && at[i] == pattern)
        i++;
    return i == bytes;
}
