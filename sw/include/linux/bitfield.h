/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_BITFIELD_H
#define _LINUX_BITFIELD_H

#include <linux/build_bug.h>
#include <linux/types.h>
#include <asm/byteorder.h>

/* A field is named by its mask. */
#define __bf_shf(x) (__builtin_ffsll(x) - 1)
#define FIELD_MAX(_mask) ((__typeof__(_mask))((_mask) >> __bf_shf(_mask)))
#define FIELD_FIT(_mask, _val) (!((((__typeof__(_mask))(_val)) << __bf_shf(_mask)) & ~(_mask)))
#define FIELD_PREP(_mask, _val) (((__typeof__(_mask))(_val) << __bf_shf(_mask)) & (_mask))
#define FIELD_GET(_mask, _reg) ((__typeof__(_mask))(((_reg) & (_mask)) >> __bf_shf(_mask)))

/* Refused at compile time, where value and field are known and the value is larger than the field. */
extern void __field_overflow(void) __attribute__((__error__("value doesn't fit into mask")));
extern void __bad_mask(void) __attribute__((__error__("bad bitfield mask")));

/* How far a field stands from bit 0. It has to be one run of bits: behind the shift, a number of ones and no gap. */
static __always_inline unsigned int __field_at(u64 field)
{
	const unsigned int at = __builtin_ctzll(field);
	const u64 ones = field >> at;

	if (ones & (ones + 1))
		__bad_mask();
	return at;
}

/* What a field's lowest bit counts, and the largest value in it. */
static __always_inline u64 field_multiplier(u64 field)
{
	return 1ULL << __field_at(field);
}

static __always_inline u64 field_mask(u64 field)
{
	return field >> __field_at(field);
}
#define field_max(field) ((__typeof__(field))field_mask(field))

/* `word` with `value` in its field, and the value that is there; words in the CPU's order, of any width. */
static __always_inline u64 __field_write(u64 word, u64 value, u64 field)
{
	const u64 placed = value << __field_at(field);

	if (__builtin_constant_p(value) && value > field_mask(field))
		__field_overflow();
	return word ^ ((word ^ placed) & field);
}

static __always_inline u64 __field_read(u64 word, u64 field)
{
	return (word & field) >> __field_at(field);
}

/* clang-format off */
/* Each kind of register: its name, its type, the type of its values, from the CPU's order to its own, and back. */
#define __field_same(word) (word)
#define __FIELD_REGISTERS(row)                                                                                         \
	row(u8, u8, u8, __field_same, __field_same)                                                                   \
	row(u16, u16, u16, __field_same, __field_same)                                                                \
	row(u32, u32, u32, __field_same, __field_same)                                                                \
	row(u64, u64, u64, __field_same, __field_same)                                                                \
	row(le16, __le16, u16, cpu_to_le16, le16_to_cpu)                                                              \
	row(le32, __le32, u32, cpu_to_le32, le32_to_cpu)                                                              \
	row(le64, __le64, u64, cpu_to_le64, le64_to_cpu)                                                              \
	row(be16, __be16, u16, cpu_to_be16, be16_to_cpu)                                                              \
	row(be32, __be32, u32, cpu_to_be32, be32_to_cpu)                                                              \
	row(be64, __be64, u64, cpu_to_be64, be64_to_cpu)
/* clang-format on */

/* KIND_get_bits(): the value in a field of a register. */
#define __FIELD_GETTER(kind, reg_t, cpu_t, to_reg, to_cpu)                                                             \
	static __always_inline __must_check cpu_t kind##_get_bits(reg_t reg, cpu_t field)                              \
	{                                                                                                              \
		return (cpu_t)__field_read(to_cpu(reg), field);                                                        \
	}
__FIELD_REGISTERS(__FIELD_GETTER)
#undef __FIELD_GETTER

/* KIND_replace_bits(): the register with another value in one field. */
#define __FIELD_REPLACER(kind, reg_t, cpu_t, to_reg, to_cpu)                                                           \
	static __always_inline __must_check reg_t kind##_replace_bits(reg_t reg, cpu_t value, cpu_t field)             \
	{                                                                                                              \
		return to_reg((cpu_t)__field_write(to_cpu(reg), value, field));                                        \
	}
__FIELD_REGISTERS(__FIELD_REPLACER)
#undef __FIELD_REPLACER

/* KIND_encode_bits(): the same for a register that is otherwise 0. KINDp_replace_bits(): the same in place. */
#define __FIELD_SHORTHANDS(kind, reg_t, cpu_t, to_reg, to_cpu)                                                         \
	static __always_inline __must_check reg_t kind##_encode_bits(cpu_t value, cpu_t field)                         \
	{                                                                                                              \
		return kind##_replace_bits(0, value, field);                                                           \
	}                                                                                                              \
	static __always_inline void kind##p_replace_bits(reg_t *reg, cpu_t value, cpu_t field)                         \
	{                                                                                                              \
		*reg = kind##_replace_bits(*reg, value, field);                                                        \
	}
__FIELD_REGISTERS(__FIELD_SHORTHANDS)
#undef __FIELD_SHORTHANDS
#undef __FIELD_REGISTERS
#undef __field_same

#endif
