/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_BITMAP_H
#define _LINUX_BITMAP_H

#include <linux/align.h>
#include <linux/bitops.h>
#include <linux/find.h>
#include <linux/gfp_types.h>
#include <linux/string.h>
#include <linux/types.h>

#define BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits) (~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))
#define bitmap_size(nbits) (ALIGN(nbits, BITS_PER_LONG) / BITS_PER_BYTE)

struct device;

__BEGIN_DECLS
/* Zeroed or not; NULL without memory. lib/bitmap.cpp. May sleep with GFP_KERNEL. */
unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags);
unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags);
unsigned long *devm_bitmap_alloc(struct device *dev, unsigned int nbits, gfp_t flags);
unsigned long *devm_bitmap_zalloc(struct device *dev, unsigned int nbits, gfp_t flags);
void bitmap_free(const unsigned long *bitmap);

bool __bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits);
bool __bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits);
void __bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits);
void __bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits);
bool __bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits);
void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits);
bool __bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits);
bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits);
unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int nbits);
void __bitmap_set(unsigned long *map, unsigned int start, int len);
void __bitmap_clear(unsigned long *map, unsigned int start, int len);
void __bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits);
void __bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits);
unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size, unsigned long start, unsigned int nr,
					 unsigned long align_mask);
int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits, int order);
void bitmap_release_region(unsigned long *bitmap, unsigned int pos, int order);
int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos, int order);
/*
 * Text to bits: bitmap_parse reads comma-separated groups of hex digits (what %*pb prints), bitmap_parselist ranges (%*pbl,
 * and first-last:used/group). 0, -EINVAL, -ERANGE, -EOVERFLOW.
 */
int bitmap_parse(const char *buf, unsigned int buflen, unsigned long *dst, int nbits);
int bitmap_parselist(const char *buf, unsigned long *dst, int nbits);
int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits);
void bitmap_from_arr32(unsigned long *bitmap, const u32 *buf, unsigned int nbits);
void bitmap_to_arr32(u32 *buf, const unsigned long *bitmap, unsigned int nbits);
/* Bits of src move from the n-th set position of old to the n-th of new_map; one bit alone. */
void bitmap_remap(unsigned long *dst, const unsigned long *src, const unsigned long *old, const unsigned long *new_map,
		  unsigned int nbits);
/* src without `cut` bits from `first` on: what was behind them moves up to `first`. dst may be src. */
void bitmap_cut(unsigned long *dst, const unsigned long *src, unsigned int first, unsigned int cut, unsigned int nbits);
/* `count` bytes from `off` on of the mask's, or the list's, text with a line end. How many there were. */
int bitmap_print_bitmask_to_buf(char *buf, const unsigned long *maskp, int nmaskbits, loff_t off, size_t count);
int bitmap_print_list_to_buf(char *buf, const unsigned long *maskp, int nmaskbits, loff_t off, size_t count);
int bitmap_bitremap(int oldbit, const unsigned long *old, const unsigned long *new_map, int bits);
__END_DECLS

/*
 * Bitmaps of a constant size of at most one word are worked on in line, larger ones in lib/bitmap.cpp. Bits beyond the size
 * may be anything in the first kind, so they are masked where they would be seen.
 */
static inline bool __bitmap_word_any(unsigned long word, unsigned int nbits)
{
	return (word & BITMAP_LAST_WORD_MASK(nbits)) != 0;
}

static inline bool __bitmap_word_set(unsigned long *dst, unsigned long word, unsigned int nbits)
{
	*dst = word & BITMAP_LAST_WORD_MASK(nbits);
	return *dst != 0;
}

/*
 * The operations on maps by one pattern: the value of `in_word` where the map is one word, else that of the function of the
 * same name with two underscores. `to`, `a` and `b` are the maps.
 */
#define __BITMAP_OPERATION(type, name, in_word, maps, arguments...)                                                    \
	static inline type name(__BITMAP_##maps, unsigned int nbits)                                                   \
	{                                                                                                              \
		return small_const_nbits(nbits) ? (type)(in_word) : __##name(arguments, nbits);                        \
	}
#define __BITMAP_INTO unsigned long *to, const unsigned long *a
#define __BITMAP_OF const unsigned long *a, const unsigned long *b
#define __BITMAP_INTO_OF __BITMAP_INTO, const unsigned long *b
__BITMAP_OPERATION(bool, bitmap_and, __bitmap_word_set(to, *a & *b, nbits), INTO_OF, to, a, b)
__BITMAP_OPERATION(bool, bitmap_andnot, __bitmap_word_set(to, *a & ~*b, nbits), INTO_OF, to, a, b)
__BITMAP_OPERATION(bool, bitmap_intersects, __bitmap_word_any(*a & *b, nbits), OF, a, b)
__BITMAP_OPERATION(bool, bitmap_subset, !__bitmap_word_any(*a & ~*b, nbits), OF, a, b)
__BITMAP_OPERATION(bool, bitmap_equal, !__bitmap_word_any(*a ^ *b, nbits), OF, a, b)
__BITMAP_OPERATION(void, bitmap_or, *to = *a | *b, INTO_OF, to, a, b)
__BITMAP_OPERATION(void, bitmap_xor, *to = *a ^ *b, INTO_OF, to, a, b)
__BITMAP_OPERATION(void, bitmap_complement, *to = ~*a, INTO, to, a)
#undef __BITMAP_OPERATION
#undef __BITMAP_INTO
#undef __BITMAP_OF
#undef __BITMAP_INTO_OF

static inline bool bitmap_full(const unsigned long *src, unsigned int nbits)
{
	return small_const_nbits(nbits) ? !__bitmap_word_any(~*src, nbits) : find_first_zero_bit(src, nbits) == nbits;
}

static inline bool bitmap_empty(const unsigned long *src, unsigned int nbits)
{
	return small_const_nbits(nbits) ? !__bitmap_word_any(*src, nbits) : find_first_bit(src, nbits) == nbits;
}

static inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	if (!small_const_nbits(nbits))
		memset(dst, 0xff, bitmap_size(nbits));
	else
		*dst = BITMAP_LAST_WORD_MASK(nbits);
}

static inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	if (!small_const_nbits(nbits))
		memset(dst, 0, bitmap_size(nbits));
	else
		*dst = 0;
}

static inline unsigned int bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	return small_const_nbits(nbits) ? hweight64(*src & BITMAP_LAST_WORD_MASK(nbits)) : __bitmap_weight(src, nbits);
}

static inline void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	if (!small_const_nbits(nbits))
		memcpy(dst, src, bitmap_size(nbits));
	else
		*dst = *src;
}

#define __bitmap_one_bit(nbits) (__builtin_constant_p(nbits) && (nbits) == 1)

/* Known to the compiler, and all in one word: done in line. */
#define __bitmap_in_one_word(start, nbits)                                                                             \
	(__builtin_constant_p(start) && __builtin_constant_p(nbits) && (nbits) &&                                      \
	 BIT_WORD(start) == BIT_WORD((start) + (nbits) - 1))
#define __bitmap_mask_of(start, nbits) ((~0UL >> (BITS_PER_LONG - (nbits))) << ((start) % BITS_PER_LONG))

static inline void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits)
{
	if (__bitmap_in_one_word(start, nbits))
		map[BIT_WORD(start)] &= ~__bitmap_mask_of(start, nbits);
	else
		__bitmap_one_bit(nbits) ? __clear_bit(start, map) : __bitmap_clear(map, start, nbits);
}

static inline void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits)
{
	if (__bitmap_in_one_word(start, nbits))
		map[BIT_WORD(start)] |= __bitmap_mask_of(start, nbits);
	else
		__bitmap_one_bit(nbits) ? __set_bit(start, map) : __bitmap_set(map, start, nbits);
}

/* Bits of `value` where `which` has them; the others of `from`. */
static inline void bitmap_replace(unsigned long *to, const unsigned long *from, const unsigned long *value,
				  const unsigned long *which, unsigned int nbits)
{
	for (unsigned int at = BITS_TO_LONGS(nbits); at--;) {
		const unsigned long differ = from[at] ^ value[at];

		to[at] = from[at] ^ (differ & which[at]);
	}
}

static inline void bitmap_from_u64(unsigned long *dst, u64 mask)
{
	dst[0] = mask;
}

static inline unsigned long bitmap_get_value8(const unsigned long *map, unsigned long start)
{
	return (map[BIT_WORD(start)] >> (start % BITS_PER_LONG)) & 0xff;
}

static inline void bitmap_set_value8(unsigned long *map, unsigned long value, unsigned long start)
{
	map[BIT_WORD(start)] &= ~(0xffUL << (start % BITS_PER_LONG));
	map[BIT_WORD(start)] |= value << (start % BITS_PER_LONG);
}

/* The words of a bitmap of 64 bits, for initialisers. */
#define BITMAP_FROM_U64(n) (n)

/* A copy with zeros behind the last bit in its word: what bitmap_and() gives of a map and itself. */
static inline void bitmap_copy_clear_tail(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	bitmap_and(dst, src, src, nbits);
}

#define bitmap_from_arr64(bitmap, buf, nbits) bitmap_copy_clear_tail((bitmap), (const unsigned long *)(buf), (nbits))
#define bitmap_to_arr64(buf, bitmap, nbits) bitmap_copy_clear_tail((unsigned long *)(buf), (bitmap), (nbits))

/* The bits move by `shift`, from bit 0 away (left) or towards it (right); what leaves the map is lost, zeros come in.
 */
#define __BITMAP_SHIFT(way)                                                                                            \
	static inline void bitmap_shift_##way(unsigned long *dst, const unsigned long *src, unsigned int shift,        \
					      unsigned int nbits)                                                      \
	{                                                                                                              \
		__bitmap_shift_##way(dst, src, shift, nbits);                                                          \
	}
__BITMAP_SHIFT(left)
__BITMAP_SHIFT(right)
#undef __BITMAP_SHIFT

#endif
