/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/bug.h>
#include <linux/types.h>

__BEGIN_DECLS
/*
 * Numbers that depend on nothing but the seed and how many were drawn before (lib/random.cpp); the boot option
 * random.seed=N sets the seed. Any context.
 */
void get_random_bytes(void *buf, size_t len);
/* What hardware found by chance: it changes nothing, the numbers follow the run's seed. */
void add_hwgenerator_randomness(const void *buffer, size_t count, size_t entropy);
void add_device_randomness(const void *buffer, size_t size);
void add_interrupt_randomness(int irq);
u32 get_random_u32(void);
u64 get_random_u64(void);
u32 __get_random_u32_below(u32 ceil);
bool rng_is_initialized(void);
int wait_for_random_bytes(void);
__END_DECLS

static inline u8 get_random_u8(void)
{
	return (u8)get_random_u32();
}

static inline u16 get_random_u16(void)
{
	return (u16)get_random_u32();
}

static inline unsigned int get_random_int(void)
{
	return get_random_u32();
}

static inline unsigned long get_random_long(void)
{
	return get_random_u64();
}

/* 0 <= result < ceil. */
static inline u32 get_random_u32_below(u32 ceil)
{
	return __get_random_u32_below(ceil);
}

static inline u32 get_random_u32_inclusive(u32 floor, u32 ceil)
{
	return floor + __get_random_u32_below(ceil - floor + 1);
}

static inline u32 prandom_u32_max(u32 ep_ro)
{
	return __get_random_u32_below(ep_ro);
}

#include <linux/prandom.h>

#endif
