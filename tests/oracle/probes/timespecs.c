// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Times as seconds and nanoseconds, negative ones too; dates. */
#include "probe.h"

#include <linux/ktime.h>
#include <linux/time64.h>
#include <linux/timekeeping.h>

static void ns(s64 value)
{
	struct timespec64 t = ns_to_timespec64(value);

	SAY("%lld ns: %lld %ld", value, (long long)t.tv_sec, t.tv_nsec);
}

static void date(s64 seconds, int offset)
{
	struct tm tm;

	time64_to_tm(seconds, offset, &tm);
	SAY("%lld+%d: %ld-%d-%d %d:%d:%d weekday %d day %d", seconds, offset, tm.tm_year, tm.tm_mon, tm.tm_mday,
	    tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_wday, tm.tm_yday);
}

static void probe(void)
{
	struct timespec64 a = {5, 900000000}, b = {1, 200000000}, c;

	ns(0);
	ns(1);
	ns(-1);
	ns(-1000000000);
	ns(-1000000001);
	ns(1999999999);
	ns(S64_MAX);
	ns(S64_MIN);
	date(0, 0);
	date(951782400, 0);
	date(-1, 0);
	date(1709164800, 3600);
	date(4102444800LL, -1);
	date(253402300800LL, 0);
	FACT(mktime64(2024, 2, 29, 12, 30, 15));
	FACT(mktime64(1970, 1, 1, 0, 0, 0));
	FACT(mktime64(1969, 12, 31, 23, 59, 59));
	FACT(mktime64(2000, 13, 1, 0, 0, 0));
	set_normalized_timespec64(&c, 3, -1);
	SAY("%lld %ld", (long long)c.tv_sec, c.tv_nsec);
	set_normalized_timespec64(&c, 3, 2500000000LL);
	SAY("%lld %ld", (long long)c.tv_sec, c.tv_nsec);
	c = timespec64_add(a, b);
	SAY("%lld %ld", (long long)c.tv_sec, c.tv_nsec);
	c = timespec64_sub(b, a);
	SAY("%lld %ld", (long long)c.tv_sec, c.tv_nsec);
	FACT(timespec64_compare(&a, &b) > 0);
	FACT(timespec64_equal(&a, &a));
	FACT(timespec64_valid(&c));
	c.tv_sec = -1;
	FACT(timespec64_valid(&c));
	FACT(timespec64_to_ns(&a));
	a.tv_sec = S64_MAX / NSEC_PER_SEC + 1;
	FACT(timespec64_to_ns(&a) == KTIME_MAX);
	FACT(timespec64_to_jiffies(&b));
	FACT(ktime_set(1, 5));
	FACT(ktime_set(KTIME_SEC_MAX, 0) == KTIME_MAX);
	FACT(ktime_divns(ns_to_ktime(-7), 2));
	FACT(ktime_to_us(ns_to_ktime(-1999)));
	FACT(ktime_to_ms(ns_to_ktime(1999999)));
	FACT(ktime_compare(ns_to_ktime(1), ns_to_ktime(2)));
	FACT(ktime_add_safe(KTIME_MAX, 1) == KTIME_MAX);
	FACT(ktime_us_delta(ns_to_ktime(5000), ns_to_ktime(1500)));
	FACT(ktime_ms_delta(ns_to_ktime(5000000), ns_to_ktime(1500000)));
	FACT(ktime_after(5, 5));
	FACT(ktime_before(4, 5));
	FACT(ktime_to_ns(ms_to_ktime(3)));
	FACT(ktime_sub_us(ns_to_ktime(5000), 2));
	FACT(ktime_add_ms(0, 2));
	FACT(ktime_get_seconds() >= 0);
	FACT(ktime_get_boottime_ns() >= ktime_get_ns() - 1000000);
	FACT(ktime_mono_to_any(5, TK_OFFS_BOOT) == 5);
	FACT(nsecs_to_jiffies(NSEC_PER_SEC));
}

static void leave(void)
{
}
