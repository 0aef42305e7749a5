// SPDX-License-Identifier: Apache-2.0
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#include "lib/kstrtox.h"

namespace {

// The valid bits of word i.
unsigned long word_mask(unsigned int i, unsigned int nbits) {
    unsigned int left = nbits - i * BITS_PER_LONG;

    return left >= BITS_PER_LONG ? ~0UL : ~(~0UL << left);
}

// Word by word: dst = op. True if a bit is set now.
template <class Op>
bool combine(unsigned long *dst, unsigned int nbits, Op op) {
    unsigned long any = 0;

    for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
        any |= dst[i] = op(i) & word_mask(i, nbits);
    return any;
}

template <class Op>
void each_word(unsigned long *dst, unsigned int nbits, Op op) {
    for (unsigned int i = BITS_TO_LONGS(nbits); i-- > 0;)
        dst[i] = op(i);
}

// From the lowest bit that is set to the highest.
template <class Visit>
void each_set_bit(const unsigned long *map, unsigned int nbits, Visit visit) {
    for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
        for (unsigned long left = map[i] & word_mask(i, nbits); left; left &= left - 1)
            visit(i * BITS_PER_LONG + static_cast<unsigned int>(__builtin_ctzl(left)));
}

} // namespace

unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags) {
    return static_cast<unsigned long *>(kmalloc_array(BITS_TO_LONGS(nbits), sizeof(long), flags));
}
EXPORT_SYMBOL(bitmap_alloc);

unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags) {
    return bitmap_alloc(nbits, flags | __GFP_ZERO);
}
EXPORT_SYMBOL(bitmap_zalloc);

void bitmap_free(const unsigned long *bitmap) {
    kfree(bitmap);
}
EXPORT_SYMBOL(bitmap_free);

bool __bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    unsigned long differ = 0;

    for (unsigned int i = BITS_TO_LONGS(nbits); i-- && !differ;)
        differ = (a[i] ^ b[i]) & word_mask(i, nbits);
    return !differ;
}
EXPORT_SYMBOL(__bitmap_equal);

bool __bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    return combine(dst, nbits, [=](unsigned int i) { return a[i] & b[i]; });
}
EXPORT_SYMBOL(__bitmap_and);

void __bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    each_word(dst, nbits, [=](unsigned int i) { return a[i] | b[i]; });
}
EXPORT_SYMBOL(__bitmap_or);

void __bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    each_word(dst, nbits, [=](unsigned int i) { return a[i] ^ b[i]; });
}
EXPORT_SYMBOL(__bitmap_xor);

bool __bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    return combine(dst, nbits, [=](unsigned int i) { return a[i] & ~b[i]; });
}
EXPORT_SYMBOL(__bitmap_andnot);

void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits) {
    for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
        dst[i] = ~src[i];
}
EXPORT_SYMBOL(__bitmap_complement);

bool __bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    return _find_next_and_bit(a, b, nbits, 0) < nbits;
}
EXPORT_SYMBOL(__bitmap_intersects);

bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits) {
    return _find_next_andnot_bit(a, b, nbits, 0) >= nbits;
}
EXPORT_SYMBOL(__bitmap_subset);

unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int nbits) {
    unsigned int weight = 0;

    for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
        weight += hweight64(bitmap[i] & word_mask(i, nbits));
    return weight;
}
EXPORT_SYMBOL(__bitmap_weight);

void __bitmap_set(unsigned long *map, unsigned int start, int len) {
    for (; len > 0; len--, start++)
        __set_bit(start, map);
}
EXPORT_SYMBOL(__bitmap_set);

void __bitmap_clear(unsigned long *map, unsigned int start, int len) {
    for (; len > 0; len--, start++)
        __clear_bit(start, map);
}
EXPORT_SYMBOL(__bitmap_clear);

void __bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits) {
    unsigned int words = BITS_TO_LONGS(nbits), skip = shift / BITS_PER_LONG, rest = shift % BITS_PER_LONG;

    for (unsigned int i = 0; i < words; i++) {
        auto word = [&](unsigned int n) { return n < words ? src[n] & word_mask(n, nbits) : 0; };
        unsigned long low = word(i + skip) >> rest;
        unsigned long high = rest ? word(i + skip + 1) << (BITS_PER_LONG - rest) : 0;

        dst[i] = low | high;
    }
}
EXPORT_SYMBOL(__bitmap_shift_right);

void __bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits) {
    unsigned int skip = shift / BITS_PER_LONG, rest = shift % BITS_PER_LONG;

    for (int i = BITS_TO_LONGS(nbits) - 1; i >= 0; i--) {
        int from = i - static_cast<int>(skip);
        unsigned long high = from >= 0 ? src[from] << rest : 0;
        unsigned long low = rest && from >= 1 ? src[from - 1] >> (BITS_PER_LONG - rest) : 0;

        dst[i] = (high | low) & word_mask(i, nbits);
    }
}
EXPORT_SYMBOL(__bitmap_shift_left);

namespace {

// Clear bits in a row, found from `from` on: where they begin and end, or where the map ends. Of a long gap, no more
// than `enough` bits are looked at: the free part of a map may be most of it.
struct gap {
    unsigned long begin, end;

    gap(const unsigned long *map, unsigned long size, unsigned long from, unsigned long enough)
        : begin(_find_next_zero_bit(map, size, from))
        , end(_find_next_bit(map, min(size, begin + enough), begin)) {}
};

} // namespace

// Goes from gap to gap until one has room behind its first aligned bit. Above `size`: none has (Linux:
// bitmap_find_next_zero_area_off).
unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size, unsigned long start, unsigned int nr,
                                         unsigned long align_mask) {
    const unsigned long enough = align_mask + nr;
    gap here(map, size, start, enough);
    unsigned long fit = ALIGN(here.begin, align_mask + 1);

    while (fit + nr > here.end && fit + nr <= size) {
        here = gap(map, size, here.end, enough);
        fit = ALIGN(here.begin, align_mask + 1);
    }
    return fit + nr > size ? fit + nr : fit;
}
EXPORT_SYMBOL(bitmap_find_next_zero_area);

int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos, int order) {
    unsigned int length = 1U << order;

    if (_find_next_bit(bitmap, pos + length, pos) < pos + length)
        return -EBUSY;
    __bitmap_set(bitmap, pos, length);
    return 0;
}
EXPORT_SYMBOL(bitmap_allocate_region);

int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits, int order) {
    const unsigned int size = 1U << order, last = bits / size * size;
    unsigned int pos = 0;

    while (pos != last && bitmap_allocate_region(bitmap, pos, order))
        pos += size;
    return pos != last ? static_cast<int>(pos) : -ENOMEM;
}
EXPORT_SYMBOL(bitmap_find_free_region);

void bitmap_release_region(unsigned long *bitmap, unsigned int pos, int order) {
    __bitmap_clear(bitmap, pos, 1U << order);
}
EXPORT_SYMBOL(bitmap_release_region);

namespace {

bool parts_chunks(char c) {
    return c == ',' || isspace(c);
}

// The number in up to eight hex digits that end before `end`, which moves to the first of them.
int take_chunk(const char *start, const char *&end, u32 *chunk) {
    *chunk = 0;
    for (int digits = 0; end > start && !parts_chunks(end[-1]); end--, digits++) {
        int digit = hex_to_bin(end[-1]);

        if (digit < 0)
            return -EINVAL;
        if (digits == 8)
            return -EOVERFLOW;
        *chunk |= static_cast<u32>(digit) << (4 * digits);
    }
    return 0;
}

} // namespace

// From the end, as the lowest bits stand there. Nothing at all is an empty map; what was whole before an error stays.
int bitmap_parse(const char *buf, unsigned int buflen, unsigned long *dst, int nbits) {
    const char *end = buf + strnlen(buf, buflen);

    bitmap_zero(dst, nbits);
    for (int bit = 0;; bit += 32) {
        u32 chunk;

        while (end > buf && parts_chunks(end[-1]))
            end--;
        if (end == buf)
            return 0;
        if (int error = take_chunk(buf, end, &chunk))
            return error;
        for (int i = 0; i < 32; i++)
            if (chunk & (1U << i) && bit + i < nbits)
                __set_bit(bit + i, dst);
        if (bit + fls(chunk) > nbits)
            return -EOVERFLOW;
    }
}
EXPORT_SYMBOL(bitmap_parse);

int bitmap_parselist(const char *buf, unsigned long *dst, int nbits) {
    auto number = [nbits](const char *&s, unsigned int *value) {
        if (*s == 'N') { // the last one
            s++;
            *value = nbits - 1;
            return 0;
        }
        unsigned long long wide;
        bool overflow = false;
        size_t used = parse_integer(s, 10, SIZE_MAX, &wide, &overflow);

        if (!used)
            return -EINVAL;
        if (overflow || wide > INT_MAX)
            return -EOVERFLOW;
        s += used;
        *value = static_cast<unsigned int>(wide);
        return 0;
    };
    const auto ends = [](char c) { return !c || c == '\n'; }; // of the list: what stands in the next line is none of it
    const char *s = buf;

    bitmap_zero(dst, nbits);
    for (;;) {
        while (!ends(*s) && (isspace(*s) || *s == ','))
            s++;
        if (ends(*s))
            return 0;

        unsigned int first, last, used = 1, group = 1;
        int error = 0;
        if (strncasecmp(s, "all", 3) == 0) {
            s += 3;
            first = 0;
            last = nbits - 1;
        } else {
            error = number(s, &first);
            last = first;
            if (!error && *s == '-')
                error = number(++s, &last);
        }
        if (!error && *s == ':') {
            error = number(++s, &used);
            if (!error && *s++ != '/')
                error = -EINVAL;
            if (!error)
                error = number(s, &group);
        }
        if (error)
            return error;
        if (*s && *s != ',' && !isspace(*s))
            return -EINVAL;
        if (first > last || group == 0 || used > group)
            return -EINVAL;
        if (last >= static_cast<unsigned int>(nbits))
            return -ERANGE;
        for (unsigned int bit = first; bit <= last; bit++)
            if ((bit - first) % group < used)
                __set_bit(bit, dst);
    }
}
EXPORT_SYMBOL(bitmap_parselist);

int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits) {
    return scnprintf(buf, PAGE_SIZE - offset_in_page(buf), list ? "%*pbl\n" : "%*pb\n", nmaskbits, maskp);
}
EXPORT_SYMBOL(bitmap_print_to_pagebuf);

void bitmap_from_arr32(unsigned long *bitmap, const u32 *buf, unsigned int nbits) {
    for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++) {
        bitmap[i] = buf[2 * i];
        if (2 * i + 1 < BITS_TO_U32(nbits))
            bitmap[i] |= static_cast<unsigned long>(buf[2 * i + 1]) << 32;
        bitmap[i] &= word_mask(i, nbits);
    }
}
EXPORT_SYMBOL(bitmap_from_arr32);

void bitmap_to_arr32(u32 *buf, const unsigned long *bitmap, unsigned int nbits) {
    for (unsigned int i = 0; i < BITS_TO_U32(nbits); i++)
        buf[i] = static_cast<u32>((bitmap[i / 2] & word_mask(i / 2, nbits)) >> (i % 2 * 32));
}
EXPORT_SYMBOL(bitmap_to_arr32);

namespace {

// Bits move as a numbering does: the n-th position of `from` becomes the n-th of `to`, around its end if it has fewer.
// Positions that `from` does not have stay, and all do if `to` has none.
class renumbering {
public:
    renumbering(const unsigned long *from, const unsigned long *to, unsigned int nbits)
        : from_(from)
        , to_(to)
        , nbits_(nbits) {}

    unsigned int place_of(unsigned int bit) const {
        const unsigned int places = bitmap_weight(to_, nbits_);
        if (!places || !test_bit(bit, from_))
            return bit;
        return find_nth_bit(to_, nbits_, bitmap_weight(from_, bit) % places);
    }

    void apply(unsigned long *dst, const unsigned long *src) const {
        bitmap_zero(dst, nbits_);
        each_set_bit(src, nbits_, [=](unsigned int bit) { __set_bit(place_of(bit), dst); });
    }

private:
    const unsigned long *from_, *to_;
    unsigned int nbits_;
};

} // namespace

// A map cannot move onto itself: it stays as it is, on Linux too.
void bitmap_remap(unsigned long *dst, const unsigned long *src, const unsigned long *old, const unsigned long *new_,
                  unsigned int nbits) {
    if (dst != src)
        renumbering(old, new_, nbits).apply(dst, src);
}
EXPORT_SYMBOL(bitmap_remap);

int bitmap_bitremap(int oldbit, const unsigned long *old, const unsigned long *new_, int bits) {
    return renumbering(old, new_, bits).place_of(oldbit);
}
EXPORT_SYMBOL(bitmap_bitremap);

void bitmap_cut(unsigned long *dst, const unsigned long *src, unsigned int first, unsigned int cut,
                unsigned int nbits) {
    for (unsigned int to = 0, from = 0; to < nbits; to++, from++) {
        from += to == first ? cut : 0;
        __assign_bit(to, dst, from < nbits && test_bit(from, src));
    }
}
EXPORT_SYMBOL(bitmap_cut);

namespace {

// A map as text that may be longer than a page, of which readers take one part at a time.
class map_text {
public:
    map_text(const char *format, const unsigned long *map, int nbits)
        : text_(kasprintf(GFP_KERNEL, format, nbits, map)) {}
    ~map_text() { kfree(text_); }
    map_text(const map_text &) = delete;
    map_text &operator=(const map_text &) = delete;

    // How many bytes from `from` on went to `buf`, the NUL at the end among them; -EINVAL, -ENOMEM.
    int part(char *buf, loff_t from, size_t most) const {
        return text_ ? static_cast<int>(memory_read_from_buffer(buf, most, &from, text_, strlen(text_) + 1)) : -ENOMEM;
    }

private:
    char *const text_;
};

} // namespace

int bitmap_print_bitmask_to_buf(char *buf, const unsigned long *mask, int bits, loff_t off, size_t count) {
    return map_text("%*pb\n", mask, bits).part(buf, off, count);
}
EXPORT_SYMBOL(bitmap_print_bitmask_to_buf);

int bitmap_print_list_to_buf(char *buf, const unsigned long *mask, int bits, loff_t off, size_t count) {
    return map_text("%*pbl\n", mask, bits).part(buf, off, count);
}
EXPORT_SYMBOL(bitmap_print_list_to_buf);
