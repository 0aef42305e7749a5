/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_UUID_H
#define _LINUX_UUID_H

#include <linux/string.h>
#include <linux/types.h>

#define UUID_SIZE 16
#define UUID_STRING_LEN 36

typedef struct {
	__u8 b[UUID_SIZE];
} guid_t;
#define uuid_le guid_t
typedef struct {
	__u8 b[UUID_SIZE];
} uuid_t;

/* As it is printed; a GUID keeps its first three fields the other way round. */
#define __UUID_BYTE(value, n) ((__u8)((value) >> 8 * (n)))
#define __UUID_2(v, first, second) __UUID_BYTE(v, first), __UUID_BYTE(v, second)
#define UUID_INIT(a, b, c, rest...) ((uuid_t){ { __UUID_2(a, 3, 2), __UUID_2(a, 1, 0), __UUID_2(b, 1, 0), __UUID_2(c, 1, 0), rest } })
#define GUID_INIT(a, b, c, rest...) ((guid_t){ { __UUID_2(a, 0, 1), __UUID_2(a, 2, 3), __UUID_2(b, 0, 1), __UUID_2(c, 0, 1), rest } })
#define UUID_LE(a, b, c, d0, d1, d2, d3, d4, d5, d6, d7) GUID_INIT(a, b, c, d0, d1, d2, d3, d4, d5, d6, d7)

static inline bool uuid_equal(const uuid_t *a, const uuid_t *b)
{
	return memcmp(a, b, sizeof(uuid_t)) == 0;
}

static inline void uuid_copy(uuid_t *dst, const uuid_t *src)
{
	*dst = *src;
}

static inline void guid_copy(guid_t *dst, const guid_t *src)
{
	*dst = *src;
}

static inline bool guid_equal(const guid_t *a, const guid_t *b)
{
	return memcmp(a, b, sizeof(guid_t)) == 0;
}

__BEGIN_DECLS
extern const guid_t guid_null;
extern const uuid_t uuid_null;
extern const u8 guid_index[16], uuid_index[16];

/* 0, or -EINVAL for text that is not of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx. lib/uuid.cpp */
int guid_parse(const char *uuid, guid_t *u);
int uuid_parse(const char *uuid, uuid_t *u);
bool __must_check uuid_is_valid(const char *uuid);
/* Random ones, marked as such (RFC 4122, version 4). */
void guid_gen(guid_t *u);
void uuid_gen(uuid_t *u);
void generate_random_uuid(unsigned char uuid[16]);
void generate_random_guid(unsigned char guid[16]);
__END_DECLS

#define NULL_UUID_LE UUID_LE(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
#define guid_is_null(u) guid_equal(u, &guid_null)
#define uuid_is_null(u) uuid_equal(u, &uuid_null)

static inline int uuid_le_cmp(const guid_t a, const guid_t b)
{
	return memcmp(&a, &b, sizeof(a));
}

static inline void import_guid(guid_t *dst, const __u8 *src)
{
	memcpy(dst->b, src, UUID_SIZE);
}

static inline void export_guid(__u8 *dst, const guid_t *src)
{
	memcpy(dst, src->b, UUID_SIZE);
}

static inline void import_uuid(uuid_t *dst, const __u8 *src)
{
	memcpy(dst->b, src, UUID_SIZE);
}

static inline void export_uuid(__u8 *dst, const uuid_t *src)
{
	memcpy(dst, src->b, UUID_SIZE);
}

#endif
