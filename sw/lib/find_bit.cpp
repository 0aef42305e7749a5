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
    for (unsigned long index = BITS_TO_LONGS(size); index-- > 0;) {
        unsigned long bits = addr[index];

        if (size < (index + 1) * BITS_PER_LONG)
            bits &= ~0UL >> ((index + 1) * BITS_PER_LONG - size);
        if (bits)
            return index * BITS_PER_LONG + __fls(bits);
    }
    return size;
}
EXPORT_SYMBOL(_find_last_bit);
