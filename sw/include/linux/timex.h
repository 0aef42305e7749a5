/* SPDX-License-Identifier: Apache-2.0 */
/* The cycle counter: on arm64 the generic timer's counter, 24 MHz (Linux: include/linux/timex.h, asm/timex.h). */
#ifndef _LINUX_TIMEX_H
#define _LINUX_TIMEX_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/param.h>
#include <asm/timex.h>

#define random_get_entropy() get_cycles()

/* A shift to the right that rounds negative values towards 0. */
#define shift_right(x, s)                              \
	({                                             \
		__typeof__(x) __x = (x);               \
		__typeof__(s) __s = (s);               \
		__x < 0 ? -(-__x >> __s) : __x >> __s; \
	})

#endif
