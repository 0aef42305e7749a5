/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_ONCE_H
#define _LINUX_ONCE_H

#include <linux/jump_label.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* True the first time it is reached, false ever after. */
#define DO_ONCE_LITE_IF(condition, func, ...)                                                                          \
	({                                                                                                             \
		bool __ret_do_once = !!(condition);                                                                    \
		static bool __already_done;                                                                            \
		if (unlikely(__ret_do_once && !__already_done)) {                                                      \
			__already_done = true;                                                                         \
			func(__VA_ARGS__);                                                                             \
		}                                                                                                      \
		unlikely(__ret_do_once);                                                                               \
	})
#define DO_ONCE_LITE(func, ...) DO_ONCE_LITE_IF(true, func, ##__VA_ARGS__)
#define DO_ONCE(func, ...) DO_ONCE_LITE_IF(true, func, ##__VA_ARGS__)
#define __ONCE_LITE_IF(condition)                                                                                      \
	({                                                                                                             \
		static bool __already_done;                                                                            \
		bool __ret_once = !!(condition) && !__already_done;                                                    \
		if (unlikely(__ret_once))                                                                              \
			__already_done = true;                                                                         \
		unlikely(__ret_once);                                                                                  \
	})

#endif
