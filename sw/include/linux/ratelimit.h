/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/ratelimit_types.h>
#include <linux/bug.h>
#include <linux/printk.h>
#include <linux/sched.h>

static inline void ratelimit_state_init(struct ratelimit_state *rs, int interval, int burst)
{
	const struct ratelimit_state fresh = RATELIMIT_STATE_INIT(*rs, interval, burst);

	*rs = fresh;
}

static inline void ratelimit_default_init(struct ratelimit_state *rs)
{
	ratelimit_state_init(rs, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
}

static inline void ratelimit_set_flags(struct ratelimit_state *rs, unsigned long flags)
{
	rs->flags = flags;
}

/* What was left out and not told yet is told now, of a state that has RATELIMIT_MSG_ON_RELEASE. */
static inline void ratelimit_state_exit(struct ratelimit_state *rs)
{
	const int untold = rs->flags & RATELIMIT_MSG_ON_RELEASE ? rs->missed : 0;

	rs->missed -= untold;
	if (untold)
		pr_warn("%s: %d output lines suppressed due to ratelimiting\n", current->comm, untold);
}

#define WARN_ON_RATELIMIT(condition, state)                                                                            \
	({                                                                                                             \
		bool __rtn_cond = !!(condition);                                                                       \
		WARN_ON(__rtn_cond && __ratelimit(state));                                                             \
		__rtn_cond;                                                                                            \
	})
#define WARN_RATELIMIT(condition, format, ...)                                                                         \
	({                                                                                                             \
		static DEFINE_RATELIMIT_STATE(__pace, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);            \
		const bool __so = !!(condition);                                                                       \
		(void)WARN(__so && __ratelimit(&__pace), format, ##__VA_ARGS__);                                       \
		(int)__so;                                                                                             \
	})

#endif
