/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#include <linux/compiler_types.h>
#include <stddef.h>
#ifndef __cplusplus
#include <stdbool.h>
#undef bool
#endif

#define sizeof_field(TYPE, MEMBER) sizeof((((TYPE *)0)->MEMBER))
#define offsetofend(TYPE, MEMBER) (offsetof(TYPE, MEMBER) + sizeof_field(TYPE, MEMBER))

/* The same members twice: unnamed, and as one object called NAME (in C with a tag). */
#ifdef __cplusplus
#define struct_group(NAME, ...)                                                                                        \
	union {                                                                                                        \
		struct { __VA_ARGS__ };                                                                                \
		struct { __VA_ARGS__ } NAME;                                                                           \
	}
#else
#define struct_group_tagged(TAG, NAME, ...)                                                                            \
	union {                                                                                                        \
		struct { __VA_ARGS__ };                                                                                \
		struct TAG { __VA_ARGS__ } NAME;                                                                       \
	}
#define struct_group(NAME, ...) struct_group_tagged(, NAME, __VA_ARGS__)
#endif

#define __struct_group(TAG, NAME, ATTRS, ...) struct_group_tagged(TAG, NAME, __VA_ARGS__)
#define DECLARE_FLEX_ARRAY(TYPE, NAME)                                                                                 \
	struct {                                                                                                       \
		struct { } __empty_##NAME;                                                                             \
		TYPE NAME[];                                                                                           \
	}

#define __DECLARE_FLEX_ARRAY(TYPE, NAME) DECLARE_FLEX_ARRAY(TYPE, NAME)

#endif
