// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/find.h>

namespace {

// The first bit at or behind `start` of the words that `word` computes.
template <class Word>
inline unsigned long find_from(unsigned long size, unsigned long start, Word word) {
    if (start >= size)
        return size;
    unsigned long index = start / BITS_PER_LONG;
    unsigned long bits = word(index) & (~0UL << (start % BITS_PER_LONG));
    while (!bits) {
        if (++index * BITS_PER_LONG >= size)
            return size;
        bits = word(index);
    }
    unsigned long bit = index * BITS_PER_LONG + __ffs(bits);
    return bit < size ? bit : size;
}

} // namespace

unsigned long _find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset) {
    return find_from(size, offset, [=](unsigned long i) { return addr[i]; });
}
EXPORT_SYMBOL(_find_next_bit);

unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long offset) {
    return find_from(size, offset, [=](unsigned long i) { return ~addr[i]; });
}
EXPORT_SYMBOL(_find_next_zero_bit);

unsigned long _find_next_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size,
                                 unsigned long offset) {
    return find_from(size, offset, [=](unsigned long i) { return a[i] & b[i]; });
}
EXPORT_SYMBOL(_find_next_and_bit);

unsigned long _find_next_andnot_bit(const unsigned long *a, const unsigned long *b, unsigned long size,
                                    unsigned long offset) {
    return find_from(size, offset, [=](unsigned long i) { return a[i] & ~b[i]; });
}
EXPORT_SYMBOL(_find_next_andnot_bit);

unsigned long _find_last_bit(const unsigned long *addr, unsigned long size) {
    unsigned long index = BITS_TO_LONGS(size);
    unsigned long valid = ~0UL >> (-size & (BITS_PER_LONG - 1)); // of the last word

    while (index && !(addr[index - 1] & valid)) {
        index--;
        valid = ~0UL;
    }
    return index ? index * BITS_PER_LONG - 1 - __builtin_clzl(addr[index - 1] & valid) : size;
}
EXPORT_SYMBOL(_find_last_bit);
