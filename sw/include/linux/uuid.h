/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_UUID_H
#define _LINUX_UUID_H

#include <linux/string.h>
#include <linux/types.h>

#define UUID_SIZE 16
#define UUID_STRING_LEN 36

typedef struct {
	__u8 b[UUID_SIZE];
} uuid_t, guid_t, uuid_le;

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

#endif
