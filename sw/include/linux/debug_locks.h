/* SPDX-License-Identifier: Apache-2.0 */
/* Lock debugging stops after its first report, as the lock's state is unknown then (Linux's include/linux/debug_locks.h). */
#ifndef _LINUX_DEBUG_LOCKING_H
#define _LINUX_DEBUG_LOCKING_H

#include <linux/bug.h>
#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

__BEGIN_DECLS
extern int debug_locks;
/* The checks that only report and never stop: might_sleep and the like. Off with debug=off, which also clears debug_locks. */
extern bool debug_checks;
/* Switches lock debugging off; 1 if this call did it. Any context. */
int debug_locks_off(void);
__END_DECLS

#define DEBUG_LOCKS_WARN_ON(c)                                                                                         \
	({                                                                                                             \
		int __dlw_ret = 0;                                                                                     \
		if (unlikely(c)) {                                                                                     \
			if (debug_locks_off())                                                                         \
				WARN(1, "DEBUG_LOCKS_WARN_ON(%s)", #c);                                                \
			__dlw_ret = 1;                                                                                 \
		}                                                                                                      \
		__dlw_ret;                                                                                             \
	})
#define SMP_DEBUG_LOCKS_WARN_ON(c) DEBUG_LOCKS_WARN_ON(c)

#endif
