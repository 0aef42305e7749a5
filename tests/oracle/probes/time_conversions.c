// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* timespec64, calendar, ktime. */
#include "probe.h"
#include <linux/ktime.h>
#include <linux/timekeeping.h>

static void show(struct timespec64 ts)
{
	SAY("%lld.%09ld valid %d", ts.tv_sec, ts.tv_nsec, timespec64_valid(&ts));
}

static void probe(void)
{
	struct timespec64 a = {1, 900000000}, b = {0, 200000000}, n;
	struct tm tm;
	ktime_t t0, t1;

	show(timespec64_add(a, b));
	show(timespec64_sub(b, a));
	set_normalized_timespec64(&n, 5, -1);
	show(n);
	set_normalized_timespec64(&n, 0, 2500000000LL);
	show(n);
	show(ns_to_timespec64(-1500000001LL));
	show(ns_to_timespec64(1500000001LL));
	FACT(timespec64_to_ns(&a));
	FACT(timespec64_compare(&a, &b));
	FACT(timespec64_equal(&a, &a));
	FACT(mktime64(2000, 2, 29, 12, 0, 0));
	FACT(mktime64(1970, 1, 1, 0, 0, 0));
	FACT(mktime64(2038, 1, 19, 3, 14, 8));
	time64_to_tm(951825600, 0, &tm);
	SAY("%ld-%d-%d %d:%d:%d wday %d yday %d", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    tm.tm_wday, tm.tm_yday);
	time64_to_tm(-1, 3600, &tm);
	SAY("%ld-%d-%d %d:%d:%d wday %d yday %d", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    tm.tm_wday, tm.tm_yday);
	t0 = ktime_get();
	mdelay(1);
	t1 = ktime_get();
	FACT(ktime_after(t1, t0));
	FACT(ktime_us_delta(t1, t0) >= 1000);
	FACT(ktime_compare(t0, t1));
	FACT(ktime_before(t0, t1));
	FACT(ktime_add_ns(5, 6));
	FACT(ktime_sub(5, 6));
	FACT(ktime_add_us(5, 6));
	FACT(ktime_add_ms(5, 6));
	FACT(ktime_sub_us(5000, 1));
	FACT(ktime_to_ms(1999999));
	FACT(ktime_to_us(-1));
	FACT(ms_to_ktime(7));
	FACT(ktime_set(KTIME_SEC_MAX + 1, 0) == KTIME_MAX);
	FACT(ktime_add_safe(KTIME_MAX, 1) == KTIME_MAX);
	FACT(KTIME_SEC_MAX);
	FACT(ktime_get_ns() - ktime_to_ns(ktime_get()) < 1000000);
	FACT(ktime_get_boottime() >= t1);
	FACT(ktime_get_raw() > 0);
	FACT(ktime_get_coarse() <= ktime_get());
	FACT(ktime_get_seconds() == ktime_to_ns(ktime_get()) / NSEC_PER_SEC);
	FACT(ktime_mono_to_any(5, TK_OFFS_BOOT) == 5);
	FACT(CLOCK_MONOTONIC);
	FACT(CLOCK_BOOTTIME);
	FACT(NSEC_PER_MSEC);
	FACT(USEC_PER_SEC);
	FACT(FSEC_PER_SEC);
}

static void leave(void)
{
}
