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

/* What a field's lowest bit counts; the field has to be one run of bits. */
static __always_inline u64 field_multiplier(u64 field)
{
	if ((field | (field - 1)) & ((field | (field - 1)) + 1))
		__bad_mask();
	return field & -field;
}

static __always_inline u64 field_mask(u64 field)
{
	return field / field_multiplier(field);
}
#define field_max(field) ((__typeof__(field))field_mask(field))

/*
 * For each type of a register, as the CPU or as a device has it: PREFIX_encode_bits() puts a value into a field of a
 * register that is otherwise 0, PREFIX_get_bits() takes it out, PREFIX_replace_bits() leaves the other bits alone and
 * PREFIXp_replace_bits() does so in place. `in` and `out` turn the CPU's order into the register's and back.
 */
#define __FIELDS_OF(prefix, raw, host, in, out)                                                                        \
	static __always_inline __must_check raw prefix##_encode_bits(host value, host field)                           \
	{                                                                                                              \
		if (__builtin_constant_p(value) && (value & ~(host)field_mask(field)))                                 \
			__field_overflow();                                                                            \
		return in((host)((value & (host)field_mask(field)) * (host)field_multiplier(field)));                  \
	}                                                                                                              \
	static __always_inline __must_check host prefix##_get_bits(raw reg, host field)                                \
	{                                                                                                              \
		return (host)((out(reg) & field) / (host)field_multiplier(field));                                     \
	}                                                                                                              \
	static __always_inline __must_check raw prefix##_replace_bits(raw reg, host value, host field)                 \
	{                                                                                                              \
		return (reg & ~in(field)) | prefix##_encode_bits(value, field);                                        \
	}                                                                                                              \
	static __always_inline void prefix##p_replace_bits(raw *reg, host value, host field)                           \
	{                                                                                                              \
		*reg = prefix##_replace_bits(*reg, value, field);                                                      \
	}
#define __FIELDS_AS_THEY_ARE(value) (value)
__FIELDS_OF(u8, u8, u8, __FIELDS_AS_THEY_ARE, __FIELDS_AS_THEY_ARE)
#define __FIELDS_OF_WIDTH(bits)                                                                                        \
	__FIELDS_OF(u##bits, u##bits, u##bits, __FIELDS_AS_THEY_ARE, __FIELDS_AS_THEY_ARE)                             \
	__FIELDS_OF(le##bits, __le##bits, u##bits, cpu_to_le##bits, le##bits##_to_cpu)                                 \
	__FIELDS_OF(be##bits, __be##bits, u##bits, cpu_to_be##bits, be##bits##_to_cpu)
__FIELDS_OF_WIDTH(16)
__FIELDS_OF_WIDTH(32)
__FIELDS_OF_WIDTH(64)
#undef __FIELDS_OF_WIDTH
#undef __FIELDS_AS_THEY_ARE
#undef __FIELDS_OF

#endif
