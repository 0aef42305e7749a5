/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_PRANDOM_H
#define _LINUX_PRANDOM_H

#include <linux/types.h>

struct rnd_state {
	u32 s1, s2, s3, s4;
};

__BEGIN_DECLS
u32 get_random_u32(void);
u32 prandom_u32_state(struct rnd_state *state);
void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes);
void prandom_seed_state(struct rnd_state *state, u64 seed);
__END_DECLS

static inline u32 prandom_u32(void)
{
	return get_random_u32();
}

#endif
