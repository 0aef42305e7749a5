/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seconds and nanoseconds in 64 bits (Linux: include/linux/time64.h). A normalised timespec64 has 0 <= tv_nsec < 1 s, also
 * when it stands for a negative time.
 */
#ifndef _LINUX_TIME64_H
#define _LINUX_TIME64_H

#include <linux/types.h>
#include <linux/math64.h>
#include <uapi/linux/time_types.h>
#include <vdso/time64.h>

typedef s64 time64_t;
typedef u64 timeu64_t;

struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

/* Times of programs of 32 bits. */
struct old_timespec32 {
	s32 tv_sec;
	s32 tv_nsec;
};

struct old_timeval32 {
	s32 tv_sec;
	s32 tv_usec;
};

typedef s32 old_time32_t;

struct itimerspec64 {
	struct timespec64 it_interval;
	struct timespec64 it_value;
};

#define TIME64_MAX	((s64)~((u64)1 << 63))
#define TIME64_MIN	(-TIME64_MAX - 1)
#define KTIME_MAX	((s64)~((u64)1 << 63))
#define KTIME_MIN	(-KTIME_MAX - 1)
#define KTIME_SEC_MAX	(KTIME_MAX / NSEC_PER_SEC)
#define KTIME_SEC_MIN	(KTIME_MIN / NSEC_PER_SEC)

static inline int timespec64_equal(const struct timespec64 *a, const struct timespec64 *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* < 0, 0 or > 0: lhs is before, at or after rhs. Both normalised. */
static inline int timespec64_compare(const struct timespec64 *lhs, const struct timespec64 *rhs)
{
	const s64 seconds = lhs->tv_sec - rhs->tv_sec;

	return seconds ? (seconds > 0) - (seconds < 0) : (int)(lhs->tv_nsec - rhs->tv_nsec);
}

__BEGIN_DECLS
/* The sum, or TIME64_MAX seconds if it would be more. Neither is negative. */
struct timespec64 timespec64_add_safe(const struct timespec64 lhs, const struct timespec64 rhs);
__END_DECLS

/* Any nsec, also negative or more than a second. */
static inline struct timespec64 __timespec64_of(time64_t sec, s64 nsec)
{
	const s64 rest = nsec % NSEC_PER_SEC;
	const bool borrow = rest < 0;
	const struct timespec64 normalised = {
		sec + nsec / NSEC_PER_SEC - borrow,
		(long)(borrow ? rest + NSEC_PER_SEC : rest),
	};

	return normalised;
}

static inline struct timespec64 ns_to_timespec64(s64 nsec)
{
	return __timespec64_of(0, nsec);
}

static inline void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	*ts = __timespec64_of(sec, nsec);
}

static inline struct timespec64 timespec64_sub(struct timespec64 lhs, struct timespec64 rhs)
{
	return __timespec64_of(lhs.tv_sec - rhs.tv_sec, (s64)lhs.tv_nsec - rhs.tv_nsec);
}

static inline struct timespec64 timespec64_add(struct timespec64 lhs, struct timespec64 rhs)
{
	return __timespec64_of(lhs.tv_sec + rhs.tv_sec, (s64)lhs.tv_nsec + rhs.tv_nsec);
}

static inline void timespec64_add_ns(struct timespec64 *ts, u64 ns)
{
	*ts = __timespec64_of(ts->tv_sec + (time64_t)(ns / NSEC_PER_SEC), ts->tv_nsec + (s64)(ns % NSEC_PER_SEC));
}

static inline bool timespec64_valid(const struct timespec64 *ts)
{
	return ts->tv_sec >= 0 && (unsigned long)ts->tv_nsec < (unsigned long)NSEC_PER_SEC;
}

/* Nanoseconds; saturates at KTIME_MAX and KTIME_MIN. */
static inline s64 timespec64_to_ns(const struct timespec64 *ts)
{
	if (ts->tv_sec > KTIME_SEC_MIN && ts->tv_sec < KTIME_SEC_MAX)
		return ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
	return ts->tv_sec < 0 ? KTIME_MIN : KTIME_MAX;
}

/* What programs of 32 bits, and old interfaces, count in. */
static inline struct __kernel_old_timeval ns_to_kernel_old_timeval(s64 nsec)
{
	const struct timespec64 ts = ns_to_timespec64(nsec);
	const struct __kernel_old_timeval tv = { ts.tv_sec, ts.tv_nsec / NSEC_PER_USEC };

	return tv;
}

#endif
