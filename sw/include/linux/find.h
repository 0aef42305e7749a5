/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H

#include <linux/bitops.h>

/*
 * Search in bitmaps of `size` bits: the number of the bit, or at least `size` where there is none. One word is looked at
 * in line, more of them by lib/find_bit.cpp.
 */
__BEGIN_DECLS
unsigned long _find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset);
unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long offset);
unsigned long _find_next_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size, unsigned long offset);
unsigned long _find_next_andnot_bit(const unsigned long *a, const unsigned long *b, unsigned long size,
				    unsigned long offset);
unsigned long _find_last_bit(const unsigned long *addr, unsigned long size);
__END_DECLS

static __always_inline unsigned long __find_in_word(unsigned long word, unsigned long size, unsigned long offset)
{
	if (offset >= size)
		return size;
	word &= GENMASK(size - 1, offset);
	return word ? __ffs(word) : size;
}

static __always_inline unsigned long find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(*(const volatile unsigned long *)addr, size, offset);
	return _find_next_bit(addr, size, offset);
}

static __always_inline unsigned long find_next_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size,
						       unsigned long offset)
{
	return small_const_nbits(size) ? __find_in_word(*a & *b, size, offset) : _find_next_and_bit(a, b, size, offset);
}

static __always_inline unsigned long find_next_andnot_bit(const unsigned long *a, const unsigned long *b,
							  unsigned long size, unsigned long offset)
{
	return small_const_nbits(size) ? __find_in_word(*a & ~*b, size, offset) : _find_next_andnot_bit(a, b, size, offset);
}

static __always_inline unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
							unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(~*(const volatile unsigned long *)addr, size, offset);
	return _find_next_zero_bit(addr, size, offset);
}

static __always_inline unsigned long find_first_bit(const unsigned long *addr, unsigned long size)
{
	return find_next_bit(addr, size, 0);
}

static __always_inline unsigned long find_first_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size)
{
	return find_next_and_bit(a, b, size, 0);
}

static __always_inline unsigned long find_first_zero_bit(const unsigned long *addr, unsigned long size)
{
	return find_next_zero_bit(addr, size, 0);
}

static __always_inline unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	return _find_last_bit(addr, size);
}

static inline unsigned long find_next_bit_wrap(const unsigned long *map, unsigned long nbits, unsigned long start)
{
	const unsigned long stretches[2][2] = { { start, nbits }, { 0, start } };

	for (int i = 0; i < 2; i++) {
		const unsigned long end = stretches[i][1], at = find_next_bit(map, end, stretches[i][0]);

		if (at < end)
			return at;
	}
	return nbits;
}

/* The n-th set bit, counted from 0. There is none: size, or BITS_PER_LONG of a map that is known to be a single word. */
static __always_inline unsigned long find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n)
{
	unsigned long at = 0;

	do
		at = find_next_bit(addr, size, at);
	while (at < size && n-- && ++at);
	if (at >= size)
		return __builtin_constant_p(size) && size && size <= BITS_PER_LONG ? BITS_PER_LONG : size;
	return at;
}

/* Goes from one find to the next, `step` bits behind its number; what to find in stands at the end. */
#define __for_each_find(at, start, step, size, find, ...)                                                              \
	for ((at) = find(__VA_ARGS__, (size), (start)); (at) < (size); (at) = find(__VA_ARGS__, (size), (at) + (step)))

#define for_each_set_bit(bit, addr, size) __for_each_find(bit, 0, 1, size, find_next_bit, addr)
#define for_each_set_bit_from(bit, addr, size) __for_each_find(bit, bit, 1, size, find_next_bit, addr)
#define for_each_clear_bit(bit, addr, size) __for_each_find(bit, 0, 1, size, find_next_zero_bit, addr)
#define for_each_clear_bit_from(bit, addr, size) __for_each_find(bit, bit, 1, size, find_next_zero_bit, addr)
#define for_each_and_bit(bit, addr1, addr2, size) __for_each_find(bit, 0, 1, size, find_next_and_bit, addr1, addr2)
#define for_each_andnot_bit(bit, addr1, addr2, size)                                                                   \
	__for_each_find(bit, 0, 1, size, find_next_andnot_bit, addr1, addr2)

/*
 * The next 8 bits, from a multiple of 8, of which one is set at least; their number, or `size`: there are none. The CPU
 * is little-endian, so they are a byte of the map.
 */
static inline unsigned long find_next_clump8(unsigned long *clump, const unsigned long *addr, unsigned long size,
					     unsigned long offset)
{
	const unsigned char *bytes = (const unsigned char *)addr;
	unsigned int ignored = offset % 8; /* of the first byte, from its lowest bit on */

	for (unsigned long first = offset - ignored; first < size; first += 8, ignored = 0) {
		const unsigned long left = size - first;
		const unsigned int counts = 0xffu << ignored & (left < 8 ? (1u << left) - 1 : 0xffu);

		if (bytes[first / 8] & counts) {
			*clump = bytes[first / 8];
			return first;
		}
	}
	return size;
}
#define find_first_clump8(clump, bits, size) find_next_clump8((clump), (bits), (size), 0)
#define for_each_set_clump8(start, clump, bits, size)                                                                  \
	__for_each_find(start, 0, 8, size, find_next_clump8, &(clump), bits)

/* All set bits once, from `start` on and around the end. */
#define for_each_set_bit_wrap(bit, addr, size, start)                                                                  \
	for (unsigned long __wrap_seen = 0, __wrap_left = bitmap_weight_for_walk((addr), (size));                      \
	     __wrap_seen < __wrap_left &&                                                                              \
	     (((bit) = find_next_bit_wrap((addr), (size), __wrap_seen ? (bit) + 1 : (start))), true);                  \
	     __wrap_seen++)

static inline unsigned long bitmap_weight_for_walk(const unsigned long *addr, unsigned long size)
{
	unsigned long n = 0;

	for (unsigned long bit = find_next_bit(addr, size, 0); bit < size; bit = find_next_bit(addr, size, bit + 1))
		n++;
	return n;
}

/* Runs of bits that are alike: from b, to before e, which is where the search for the next one goes on. */
#define __for_each_run(b, e, start, in, out, addr, size)                                                               \
	for ((e) = (start); ((b) = in(addr, (size), (e))) < (size) && (((e) = out(addr, (size), (b) + 1)), true);)

#define for_each_set_bitrange(b, e, addr, size) __for_each_run(b, e, 0, find_next_bit, find_next_zero_bit, addr, size)
#define for_each_set_bitrange_from(b, e, addr, size)                                                                   \
	__for_each_run(b, e, b, find_next_bit, find_next_zero_bit, addr, size)
#define for_each_clear_bitrange(b, e, addr, size) __for_each_run(b, e, 0, find_next_zero_bit, find_next_bit, addr, size)
#define for_each_clear_bitrange_from(b, e, addr, size)                                                                 \
	__for_each_run(b, e, b, find_next_zero_bit, find_next_bit, addr, size)

#endif
