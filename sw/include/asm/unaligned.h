/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_UNALIGNED_H
#define _ASM_UNALIGNED_H

#include <asm/byteorder.h>

/* A value of the type that `ptr` points to, whose address need not be a multiple of anything. */
#define __at_any_address(ptr) typedef __typeof__(*(ptr)) __unaligned __attribute__((__aligned__(1), __may_alias__))
#define get_unaligned(ptr)                                                                                             \
	({                                                                                                             \
		__at_any_address(ptr);                                                                                 \
		*(const __unaligned *)(ptr);                                                                           \
	})
#define put_unaligned(val, ptr)                                                                                        \
	({                                                                                                             \
		__at_any_address(ptr);                                                                                 \
		*(__unaligned *)(ptr) = (val);                                                                         \
		(void)0;                                                                                               \
	})

static inline u16 get_unaligned_le16(const void *p)
{
	const u8 *b = (const u8 *)p;

	return (u16)(b[0] | b[1] << 8);
}

static inline u32 get_unaligned_le32(const void *p)
{
	return get_unaligned_le16(p) | (u32)get_unaligned_le16((const u8 *)p + 2) << 16;
}

static inline u64 get_unaligned_le64(const void *p)
{
	return get_unaligned_le32(p) | (u64)get_unaligned_le32((const u8 *)p + 4) << 32;
}

static inline u16 get_unaligned_be16(const void *p)
{
	return swab16(get_unaligned_le16(p));
}

static inline u32 get_unaligned_be32(const void *p)
{
	return swab32(get_unaligned_le32(p));
}

static inline u32 get_unaligned_le24(const void *p)
{
	const u8 *b = (const u8 *)p;

	return b[0] | (u32)b[1] << 8 | (u32)b[2] << 16;
}

static inline u32 get_unaligned_be24(const void *p)
{
	const u8 *b = (const u8 *)p;

	return b[2] | (u32)b[1] << 8 | (u32)b[0] << 16;
}

static inline void put_unaligned_le24(const u32 val, void *p)
{
	u8 *b = (u8 *)p;

	b[0] = (u8)val;
	b[1] = (u8)(val >> 8);
	b[2] = (u8)(val >> 16);
}

static inline void put_unaligned_be24(const u32 val, void *p)
{
	u8 *b = (u8 *)p;

	b[0] = (u8)(val >> 16);
	b[1] = (u8)(val >> 8);
	b[2] = (u8)val;
}

static inline u64 get_unaligned_be48(const void *p)
{
	return (u64)get_unaligned_be16(p) << 32 | get_unaligned_be32((const u8 *)p + 2);
}

static inline u64 get_unaligned_be64(const void *p)
{
	return swab64(get_unaligned_le64(p));
}

static inline void put_unaligned_le16(u16 v, void *p)
{
	u8 *b = (u8 *)p;

	b[0] = (u8)v;
	b[1] = (u8)(v >> 8);
}

static inline void put_unaligned_le32(u32 v, void *p)
{
	put_unaligned_le16((u16)v, p);
	put_unaligned_le16((u16)(v >> 16), (u8 *)p + 2);
}

static inline void put_unaligned_le64(u64 v, void *p)
{
	put_unaligned_le32((u32)v, p);
	put_unaligned_le32((u32)(v >> 32), (u8 *)p + 4);
}

static inline void put_unaligned_be16(u16 v, void *p)
{
	put_unaligned_le16(swab16(v), p);
}

static inline void put_unaligned_be32(u32 v, void *p)
{
	put_unaligned_le32(swab32(v), p);
}

static inline void put_unaligned_be64(u64 v, void *p)
{
	put_unaligned_le64(swab64(v), p);
}

#endif
