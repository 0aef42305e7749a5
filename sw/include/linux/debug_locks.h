/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linux's lock debugging stops after its first report (include/linux/debug_locks.h). This one goes on, so that a driver's second
 * mistake is found in the same run; it stops after LOCK_REPORTS.
 */
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
#define LOCK_REPORTS 50
/* A report is to be made: 1 if there may be another one. Any context. */
int debug_locks_report(void);
/* Switches lock debugging off; 1 if this call did it. Any context. */
int debug_locks_off(void);
__END_DECLS

#define DEBUG_LOCKS_WARN_ON(c)                                                                                         \
	({                                                                                                             \
		int __dlw_ret = 0;                                                                                     \
		if (unlikely(c)) {                                                                                     \
			if (debug_locks_report())                                                                      \
				WARN(1, "DEBUG_LOCKS_WARN_ON(%s)", #c);                                                \
			__dlw_ret = 1;                                                                                 \
		}                                                                                                      \
		__dlw_ret;                                                                                             \
	})
#define SMP_DEBUG_LOCKS_WARN_ON(c) DEBUG_LOCKS_WARN_ON(c)

#endif
