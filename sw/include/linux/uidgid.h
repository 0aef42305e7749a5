/* SPDX-License-Identifier: Apache-2.0 */
/* User and group numbers. There is one user here, root; the types exist because drivers pass them. */
#ifndef _LINUX_UIDGID_H
#define _LINUX_UIDGID_H

#include <linux/types.h>

typedef struct {
	uid_t val;
} kuid_t;

typedef struct {
	gid_t val;
} kgid_t;

#ifdef __cplusplus
#define KUIDT_INIT(value) (kuid_t{value})
#define KGIDT_INIT(value) (kgid_t{value})
#else
#define KUIDT_INIT(value) ((kuid_t){value})
#define KGIDT_INIT(value) ((kgid_t){value})
#endif

#define INVALID_UID KUIDT_INIT(-1)
#define INVALID_GID KGIDT_INIT(-1)
#define GLOBAL_ROOT_UID KUIDT_INIT(0)
#define GLOBAL_ROOT_GID KGIDT_INIT(0)

static inline uid_t __kuid_val(kuid_t uid)
{
	return uid.val;
}

static inline gid_t __kgid_val(kgid_t gid)
{
	return gid.val;
}

struct user_namespace;

/* Numbers are the same in every namespace: there is one. */
#define __NUMBERS_OF(type, id, name, make)                                                                             \
	static inline type make(struct user_namespace *ns, id value)                                                   \
	{                                                                                                              \
		const type number = { value };                                                                         \
		return number;                                                                                         \
	}                                                                                                              \
	static inline id from_k##name(struct user_namespace *ns, type value)                                           \
	{                                                                                                              \
		return value.val;                                                                                      \
	}                                                                                                              \
	static inline id from_k##name##_munged(struct user_namespace *ns, type value)                                  \
	{                                                                                                              \
		return value.val;                                                                                      \
	}                                                                                                              \
	static inline bool name##_eq(type left, type right)                                                            \
	{                                                                                                              \
		return left.val == right.val;                                                                          \
	}                                                                                                              \
	static inline bool name##_lt(type left, type right)                                                            \
	{                                                                                                              \
		return left.val < right.val;                                                                           \
	}                                                                                                              \
	static inline bool name##_valid(type value)                                                                    \
	{                                                                                                              \
		return value.val != (id)-1;                                                                            \
	}
__NUMBERS_OF(kuid_t, uid_t, uid, make_kuid)
__NUMBERS_OF(kgid_t, gid_t, gid, make_kgid)
#undef __NUMBERS_OF

#endif
