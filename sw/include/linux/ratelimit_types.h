/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/types.h>

#define DEFAULT_RATELIMIT_INTERVAL (5 * CONFIG_HZ)
#define DEFAULT_RATELIMIT_BURST 10
#define RATELIMIT_MSG_ON_RELEASE 1

struct ratelimit_state {
	atomic_t busy;
	int interval; /* jiffies */
	int burst;
	int printed;
	int missed;
	unsigned long begin;
	unsigned long flags;
};

#define RATELIMIT_STATE_INIT_FLAGS(name, interval, burst, flags) { { 0 }, interval, burst, 0, 0, 0, flags }
#define RATELIMIT_STATE_INIT(name, interval, burst) RATELIMIT_STATE_INIT_FLAGS(name, interval, burst, 0)
#define DEFINE_RATELIMIT_STATE(name, interval, burst)                                                                  \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval, burst)

__BEGIN_DECLS
/* 1: go on; 0: too often, be quiet. Any context. */
int ___ratelimit(struct ratelimit_state *rs, const char *func);
__END_DECLS
#define __ratelimit(state) ___ratelimit(state, __func__)

#endif
