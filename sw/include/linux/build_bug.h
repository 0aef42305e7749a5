/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

#include <linux/compiler.h>

#ifdef __cplusplus
#define __static_assert_keyword static_assert
#else
#define __static_assert_keyword _Static_assert
#endif

/* 0, or an error at compile time where e is not 0; for use within expressions. */
#define BUILD_BUG_ON_ZERO(e) ((int)(sizeof(char[1 - 2 * !!(e)]) - 1))
#define BUILD_BUG_ON_INVALID(e) ((void)(sizeof((long)(e))))
#define BUILD_BUG_ON_MSG(cond, msg) compiletime_assert(!(cond), msg)
#define BUILD_BUG_ON(cond) BUILD_BUG_ON_MSG(cond, "BUILD_BUG_ON")
#define BUILD_BUG_ON_NOT_POWER_OF_2(n) BUILD_BUG_ON((n) == 0 || (((n) & ((n) - 1)) != 0))
#define BUILD_BUG() BUILD_BUG_ON_MSG(1, "BUILD_BUG")
#define __BUILD_BUG_ON_NOT_POWER_OF_2(n) BUILD_BUG_ON(((n) & ((n) - 1)) != 0)

/* Judged after optimisation, as the kernel does it: what cannot be reached does not count. */
#define __compiletime_assert(condition, msg, prefix, suffix)                                                           \
	do {                                                                                                           \
		extern void __PASTE(prefix, suffix)(void) __attribute__((__error__(msg)));                             \
		if (!(condition))                                                                                      \
			__PASTE(prefix, suffix)();                                                                     \
	} while (0)
#define compiletime_assert(condition, msg) __compiletime_assert(condition, msg, __compiletime_assert_, __COUNTER__)
#define compiletime_assert_atomic_type(t) compiletime_assert(__native_word(t), "Need native word sized access.")

#ifndef __cplusplus
#define static_assert(expr, ...) __static_assert_choose(expr, ##__VA_ARGS__, #expr)
#define __static_assert_choose(expr, msg, ...) _Static_assert(expr, msg)
#endif

#endif
