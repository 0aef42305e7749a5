/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/typecheck.h>
#include <asm/barrier.h>

#define BITS_PER_TYPE(type) (sizeof(type) * BITS_PER_BYTE)
#define BITS_TO_LONGS(nr) (((nr) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define BITS_TO_U64(nr) (((nr) + 63) / 64)
#define BITS_TO_U32(nr) (((nr) + 31) / 32)
#define BITS_TO_BYTES(nr) (((nr) + 7) / 8)

/* Atomic on the word that holds the bit; ordered fully where a value comes back, not at all where none does. */
static __always_inline void set_bit(long nr, volatile unsigned long *p)
{
	__atomic_fetch_or(p + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_RELAXED);
}

static __always_inline void clear_bit(long nr, volatile unsigned long *p)
{
	__atomic_fetch_and(p + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_RELAXED);
}

static __always_inline void change_bit(long nr, volatile unsigned long *p)
{
	__atomic_fetch_xor(p + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_RELAXED);
}

static __always_inline bool test_and_set_bit(long nr, volatile unsigned long *p)
{
	return (__atomic_fetch_or(p + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_SEQ_CST) & BIT_MASK(nr)) != 0;
}

static __always_inline bool test_and_clear_bit(long nr, volatile unsigned long *p)
{
	return (__atomic_fetch_and(p + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_SEQ_CST) & BIT_MASK(nr)) != 0;
}

static __always_inline bool test_and_change_bit(long nr, volatile unsigned long *p)
{
	return (__atomic_fetch_xor(p + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_SEQ_CST) & BIT_MASK(nr)) != 0;
}

static __always_inline bool test_bit(long nr, const volatile unsigned long *p)
{
	return ((p[BIT_WORD(nr)] >> (nr & (BITS_PER_LONG - 1))) & 1) != 0;
}

static __always_inline bool test_bit_acquire(long nr, const volatile unsigned long *p)
{
	return ((__atomic_load_n(p + BIT_WORD(nr), __ATOMIC_ACQUIRE) >> (nr & (BITS_PER_LONG - 1))) & 1) != 0;
}

static __always_inline bool test_and_set_bit_lock(long nr, volatile unsigned long *p)
{
	return (__atomic_fetch_or(p + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_ACQUIRE) & BIT_MASK(nr)) != 0;
}

static __always_inline void clear_bit_unlock(long nr, volatile unsigned long *p)
{
	__atomic_fetch_and(p + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_RELEASE);
}

#define __clear_bit_unlock(nr, p) clear_bit_unlock(nr, p)

/* The same without being atomic: plain accesses. */
#define __plain_word(nr, p) (*((unsigned long *)(p) + BIT_WORD(nr)))

static __always_inline void __set_bit(long nr, volatile unsigned long *p)
{
	__plain_word(nr, p) |= BIT_MASK(nr);
}

static __always_inline void __clear_bit(long nr, volatile unsigned long *p)
{
	__plain_word(nr, p) &= ~BIT_MASK(nr);
}

static __always_inline void __change_bit(long nr, volatile unsigned long *p)
{
	__plain_word(nr, p) ^= BIT_MASK(nr);
}

static __always_inline bool __test_and_set_bit(long nr, volatile unsigned long *p)
{
	bool old = (__plain_word(nr, p) & BIT_MASK(nr)) != 0;

	__set_bit(nr, p);
	return old;
}

static __always_inline bool __test_and_clear_bit(long nr, volatile unsigned long *p)
{
	bool old = (__plain_word(nr, p) & BIT_MASK(nr)) != 0;

	__clear_bit(nr, p);
	return old;
}

static __always_inline bool __test_and_change_bit(long nr, volatile unsigned long *p)
{
	bool old = (__plain_word(nr, p) & BIT_MASK(nr)) != 0;

	__change_bit(nr, p);
	return old;
}

static __always_inline void __assign_bit(long nr, volatile unsigned long *addr, bool value)
{
	value ? __set_bit(nr, addr) : __clear_bit(nr, addr);
}

static __always_inline void assign_bit(long nr, volatile unsigned long *addr, bool value)
{
	value ? set_bit(nr, addr) : clear_bit(nr, addr);
}

/* The lowest and highest bit that is set: ffs and fls count from 1 and give 0 for 0; __ffs, __fls, ffz want a result to exist. */
static __always_inline int ffs(int x)
{
	return __builtin_ffs(x);
}

static __always_inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static __always_inline int fls64(u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

static __always_inline unsigned int fls_long(unsigned long l)
{
	return fls64(l);
}

static __always_inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

static __always_inline unsigned long __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

static __always_inline unsigned long __ffs64(u64 word)
{
	return __builtin_ctzll(word);
}

#define ffz(x) __ffs(~(x))

static __always_inline int get_count_order(unsigned int count)
{
	return count == 0 ? -1 : fls(--count);
}

static __always_inline int get_count_order_long(unsigned long l)
{
	return l == 0UL ? -1 : (int)fls_long(--l);
}

/* Without POPCNT the compiler would call a library function that is not there. */
static __always_inline unsigned int hweight64(u64 w)
{
	w -= (w >> 1) & 0x5555555555555555ULL;
	w = (w & 0x3333333333333333ULL) + ((w >> 2) & 0x3333333333333333ULL);
	w = (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	return (unsigned int)((w * 0x0101010101010101ULL) >> 56);
}

#define hweight32(w) hweight64((u32)(w))
#define hweight16(w) hweight64((u16)(w))
#define hweight8(w) hweight64((u8)(w))
#define hweight_long(w) hweight64(w)
#define __const_hweight64(w) hweight64(w)
#define HWEIGHT8(w) hweight8(w)
#define HWEIGHT32(w) hweight32(w)

static __always_inline u64 rol64(u64 word, unsigned int shift)
{
	return (word << (shift & 63)) | (word >> ((-shift) & 63));
}

static __always_inline u64 ror64(u64 word, unsigned int shift)
{
	return (word >> (shift & 63)) | (word << ((-shift) & 63));
}

static __always_inline u32 rol32(u32 word, unsigned int shift)
{
	return (word << (shift & 31)) | (word >> ((-shift) & 31));
}

static __always_inline u32 ror32(u32 word, unsigned int shift)
{
	return (word >> (shift & 31)) | (word << ((-shift) & 31));
}

static __always_inline u16 rol16(u16 word, unsigned int shift)
{
	return (u16)((word << (shift & 15)) | (word >> ((-shift) & 15)));
}

static __always_inline u8 rol8(u8 word, unsigned int shift)
{
	return (u8)((word << (shift & 7)) | (word >> ((-shift) & 7)));
}

/* Bit `index` is the sign. */
static __always_inline s64 sign_extend64(u64 value, int index)
{
	return (s64)(value << (63 - index)) >> (63 - index);
}

static __always_inline s32 sign_extend32(u32 value, int index)
{
	return (s32)(value << (31 - index)) >> (31 - index);
}

#include <linux/find.h>

/* The bits of `mask` become those of `bits`, in one step; what was there before. */
#define set_mask_bits(ptr, mask, bits)                                                                                 \
	({                                                                                                             \
		__typeof__(*(ptr)) __seen = READ_ONCE(*(ptr));                                                         \
		while (!__atomic_compare_exchange_n(ptr, &__seen, (__seen & ~(mask)) | (bits), 0, __ATOMIC_SEQ_CST,    \
						    __ATOMIC_RELAXED))                                                 \
			;                                                                                              \
		__seen;                                                                                                \
	})

#endif
