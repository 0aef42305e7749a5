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
	unsigned long behind = find_next_bit(map, nbits, start);
	unsigned long in_front = behind < nbits ? nbits : find_first_bit(map, start);

	return in_front < start ? in_front : behind;
}

static inline unsigned long find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n)
{
	unsigned long at = 0;

	do
		at = find_next_bit(addr, size, at);
	while (at < size && n-- && ++at);
	return at;
}

#define for_each_set_bit(bit, addr, size)                                                                              \
	for ((bit) = find_next_bit((addr), (size), 0); (bit) < (size); (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_set_bit_from(bit, addr, size)                                                                         \
	for ((bit) = find_next_bit((addr), (size), (bit)); (bit) < (size);                                             \
	     (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_and_bit(bit, addr1, addr2, size)                                                                      \
	for ((bit) = find_next_and_bit((addr1), (addr2), (size), 0); (bit) < (size);                                   \
	     (bit) = find_next_and_bit((addr1), (addr2), (size), (bit) + 1))
#define for_each_clear_bit(bit, addr, size)                                                                            \
	for ((bit) = find_next_zero_bit((addr), (size), 0); (bit) < (size);                                            \
	     (bit) = find_next_zero_bit((addr), (size), (bit) + 1))
#define for_each_clear_bit_from(bit, addr, size)                                                                       \
	for ((bit) = find_next_zero_bit((addr), (size), (bit)); (bit) < (size);                                        \
	     (bit) = find_next_zero_bit((addr), (size), (bit) + 1))

#endif
