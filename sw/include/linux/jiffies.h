/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tick counter and its conversions (Linux: include/linux/jiffies.h, kernel/time/time.c). HZ ticks a second, counting
 * from INITIAL_JIFFIES so that the low 32 bits wrap five minutes after boot.
 *
 * `jiffies` is a variable: drivers name struct members and parameters like it. It only moves in the timer interrupt, or
 * when an idle CPU takes an interrupt, so a loop on it must let time pass (cpu_relax()).
 */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/compiler.h>
#include <linux/timex.h>
#include <linux/types.h>
#include <linux/typecheck.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <vdso/time64.h>
#include <asm/param.h>

struct timespec64;

#define TICK_NSEC		((NSEC_PER_SEC + HZ / 2) / HZ)
#define TICK_USEC		((USEC_PER_SEC + HZ / 2) / HZ)
#define USER_TICK_USEC		((1000000UL + USER_HZ / 2) / USER_HZ)
#define INITIAL_JIFFIES		((unsigned long)(unsigned int)(-300 * HZ))
#define MAX_JIFFY_OFFSET	((LONG_MAX >> 1) - 1)
#define SH_DIV(NOM, DEN, LSH)	((((NOM) / (DEN)) << (LSH)) + ((((NOM) % (DEN)) << (LSH)) + (DEN) / 2) / (DEN))
#define SEC_JIFFIE_SC		(32 - 8)
#define MAX_SEC_IN_JIFFIES	(MAX_JIFFY_OFFSET / HZ)

__BEGIN_DECLS
extern u64 jiffies_64;
extern volatile unsigned long jiffies; /* the same storage as jiffies_64 */
extern unsigned long preset_lpj;

unsigned int jiffies_to_msecs(const unsigned long j);
unsigned int jiffies_to_usecs(const unsigned long j);
/* Rounded up: never less than asked for. Negative (as int) or huge: MAX_JIFFY_OFFSET. */
unsigned long __msecs_to_jiffies(const unsigned int m);
unsigned long __usecs_to_jiffies(const unsigned int u);
unsigned long timespec64_to_jiffies(const struct timespec64 *value);
void jiffies_to_timespec64(const unsigned long j, struct timespec64 *value);
clock_t jiffies_to_clock_t(unsigned long x);
unsigned long clock_t_to_jiffies(unsigned long x);
u64 jiffies_64_to_clock_t(u64 x);
u64 nsec_to_clock_t(u64 x);
/* Rounded down. */
u64 nsecs_to_jiffies64(u64 n);
unsigned long nsecs_to_jiffies(u64 n);
u64 jiffies64_to_nsecs(u64 j);
u64 jiffies64_to_msecs(u64 j);
__END_DECLS

static inline u64 get_jiffies_64(void)
{
	return *(const volatile u64 *)&jiffies_64;
}

static inline unsigned long msecs_to_jiffies(const unsigned int m)
{
	return __msecs_to_jiffies(m);
}

static inline unsigned long usecs_to_jiffies(const unsigned int u)
{
	return __usecs_to_jiffies(u);
}

static inline u64 jiffies_to_nsecs(const unsigned long j)
{
	return (u64)jiffies_to_usecs(j) * NSEC_PER_USEC;
}

static inline clock_t jiffies_delta_to_clock_t(long delta)
{
	return jiffies_to_clock_t(delta > 0 ? (unsigned long)delta : 0UL);
}

static inline unsigned int jiffies_delta_to_msecs(long delta)
{
	return jiffies_to_msecs(delta > 0 ? (unsigned long)delta : 0UL);
}

/* Comparisons that are right across the wrap, as long as the two are less than half the range apart. */
#define time_after(a, b)	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && ((long)((b) - (a)) < 0))
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && ((long)((a) - (b)) >= 0))
#define time_before_eq(a, b)	time_after_eq(b, a)
#define time_in_range(a, b, c)	(time_after_eq(a, b) && time_before_eq(a, c))
#define time_in_range_open(a, b, c) (time_after_eq(a, b) && time_before(a, c))

#define time_after64(a, b)	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((b) - (a)) < 0))
#define time_before64(a, b)	time_after64(b, a)
#define time_after_eq64(a, b)	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((a) - (b)) >= 0))
#define time_before_eq64(a, b)	time_after_eq64(b, a)
#define time_in_range64(a, b, c) (time_after_eq64(a, b) && time_before_eq64(a, c))

#define time_is_before_jiffies(a)	time_after(jiffies, a)
#define time_is_after_jiffies(a)	time_before(jiffies, a)
#define time_is_before_eq_jiffies(a)	time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a)	time_before_eq(jiffies, a)
#define time_is_before_jiffies64(a)	time_after64(get_jiffies_64(), a)
#define time_is_after_jiffies64(a)	time_before64(get_jiffies_64(), a)

#endif
