/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the clocks (Linux: include/linux/timekeeping.h). Any context. Nanoseconds; the resolution is that of the 24 MHz
 * counter (41 ns), of the coarse variants that of the tick. CLOCK_REALTIME starts at a fixed date so that runs repeat.
 */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/ktime.h>

enum tk_offsets {
	TK_OFFS_REAL,
	TK_OFFS_BOOT,
	TK_OFFS_TAI,
	TK_OFFS_MAX,
};

struct ktime_timestamps {
	u64 mono;
	u64 boot;
	u64 real;
};

struct system_time_snapshot {
	u64 cycles;
	ktime_t real;
	ktime_t raw;
	unsigned int clock_was_set_seq;
	u8 cs_was_changed_seq;
};

__BEGIN_DECLS
extern int timekeeping_suspended;

void timekeeping_init(void);

ktime_t ktime_get(void);
ktime_t ktime_get_with_offset(enum tk_offsets offs);
ktime_t ktime_get_coarse_with_offset(enum tk_offsets offs);
ktime_t ktime_mono_to_any(ktime_t tmono, enum tk_offsets offs);
ktime_t ktime_get_raw(void);
u32 ktime_get_resolution_ns(void);
u64 ktime_get_mono_fast_ns(void);
u64 ktime_get_raw_fast_ns(void);
u64 ktime_get_boot_fast_ns(void);
u64 ktime_get_real_fast_ns(void);

void ktime_get_ts64(struct timespec64 *ts);
void ktime_get_real_ts64(struct timespec64 *ts);
void ktime_get_raw_ts64(struct timespec64 *ts);
void ktime_get_coarse_ts64(struct timespec64 *ts);
void ktime_get_coarse_real_ts64(struct timespec64 *ts);
time64_t ktime_get_seconds(void);
time64_t __ktime_get_real_seconds(void);
time64_t ktime_get_real_seconds(void);
void getboottime64(struct timespec64 *ts);
void ktime_get_snapshot(struct system_time_snapshot *snapshot);
__END_DECLS

/* By clock: now, now as of the last tick, and the first in ns. */
static inline ktime_t ktime_get_real(void)
{
	return ktime_get_with_offset(TK_OFFS_REAL);
}

static inline u64 ktime_get_real_ns(void)
{
	return (u64)ktime_get_real();
}

#define ktime_get_coarse_real() ktime_get_coarse_with_offset(TK_OFFS_REAL)
#define ktime_mono_to_real(mono) ktime_mono_to_any(mono, TK_OFFS_REAL)

static inline ktime_t ktime_get_boottime(void)
{
	return ktime_get_with_offset(TK_OFFS_BOOT);
}

static inline u64 ktime_get_boottime_ns(void)
{
	return (u64)ktime_get_boottime();
}

#define ktime_get_coarse_boottime() ktime_get_coarse_with_offset(TK_OFFS_BOOT)
#define ktime_get_boottime_seconds() ((time64_t)(ktime_get_coarse_boottime() / NSEC_PER_SEC))

static inline void ktime_get_boottime_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_boottime());
}

static inline void ktime_get_coarse_boottime_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_coarse_boottime());
}

static inline ktime_t ktime_get_clocktai(void)
{
	return ktime_get_with_offset(TK_OFFS_TAI);
}

static inline u64 ktime_get_clocktai_ns(void)
{
	return (u64)ktime_get_clocktai();
}

static inline u64 ktime_get_ns(void)
{
	return (u64)ktime_get();
}

/* The offset of CLOCK_MONOTONIC to boot time is 0: nothing suspends. */
static inline ktime_t ktime_get_coarse(void)
{
	return ktime_get_coarse_with_offset(TK_OFFS_BOOT);
}

#define ktime_get_coarse_ns() ((u64)ktime_get_coarse())
#define ktime_get_raw_ns() ((u64)ktime_get_raw())

#endif
