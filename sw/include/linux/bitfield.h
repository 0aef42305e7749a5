/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_BITFIELD_H
#define _LINUX_BITFIELD_H

#include <linux/build_bug.h>
#include <linux/types.h>

/* A field is named by its mask. */
#define __bf_shf(x) (__builtin_ffsll(x) - 1)
#define FIELD_MAX(_mask) ((__typeof__(_mask))((_mask) >> __bf_shf(_mask)))
#define FIELD_FIT(_mask, _val) (!((((__typeof__(_mask))(_val)) << __bf_shf(_mask)) & ~(_mask)))
#define FIELD_PREP(_mask, _val) (((__typeof__(_mask))(_val) << __bf_shf(_mask)) & (_mask))
#define FIELD_GET(_mask, _reg) ((__typeof__(_mask))(((_reg) & (_mask)) >> __bf_shf(_mask)))

static __always_inline u32 u32_encode_bits(u32 v, u32 field)
{
	return (v << __bf_shf(field)) & field;
}

static __always_inline u32 u32_get_bits(u32 v, u32 field)
{
	return (v & field) >> __bf_shf(field);
}

static __always_inline u32 u32_replace_bits(u32 old, u32 v, u32 field)
{
	return (old & ~field) | u32_encode_bits(v, field);
}

static __always_inline u64 u64_encode_bits(u64 v, u64 field)
{
	return (v << __bf_shf(field)) & field;
}

static __always_inline u64 u64_get_bits(u64 v, u64 field)
{
	return (v & field) >> __bf_shf(field);
}

#endif
