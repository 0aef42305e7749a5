/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_TYPECHECK_H
#define _LINUX_TYPECHECK_H

/* 1, with a warning at compile time where x is not of that type. */
#ifdef __cplusplus
#define typecheck(type, x) 1
#else
#define typecheck(type, x)                                                                                             \
	({                                                                                                             \
		type __dummy;                                                                                          \
		__typeof__(x) __dummy2;                                                                                \
		(void)(&__dummy == &__dummy2);                                                                         \
		1;                                                                                                     \
	})
#endif
#define typecheck_fn(type, function)                                                                                   \
	({                                                                                                             \
		__typeof__(type) __tmp = function;                                                                     \
		(void)__tmp;                                                                                           \
	})
#define typecheck_pointer(x) ({ (void)sizeof(*(x)); 1; })

#endif
