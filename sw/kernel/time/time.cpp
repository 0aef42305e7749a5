// SPDX-License-Identifier: Apache-2.0
// Conversions between jiffies, seconds, nanoseconds and dates (Linux: kernel/time/time.c, timeconv.c).
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/time.h>

namespace {

static_assert(NSEC_PER_SEC % HZ == 0 && MSEC_PER_SEC % HZ == 0,
              "a tick is expected to be a whole number of milliseconds");

constexpr s64 seconds_a_day = 24 * 60 * 60;

// Days from 1970-01-01 of a date of the proleptic Gregorian calendar. The year is taken to start in March, so that the
// leap day is its last.
constexpr s64 days_of_date(s64 year, unsigned month, unsigned day) {
    year -= month <= 2;
    const s64 era = (year >= 0 ? year : year - 399) / 400;
    const s64 year_of_era = year - era * 400;
    const s64 day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const s64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static_assert(days_of_date(1970, 1, 1) == 0);
static_assert(days_of_date(2000, 3, 1) == 11017);

} // namespace

time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day, unsigned int hour, unsigned int min,
                  unsigned int sec) {
    return ((days_of_date(year, mon, day) * 24 + hour) * 60 + min) * 60 + sec;
}
EXPORT_SYMBOL(mktime64);

void time64_to_tm(time64_t totalsecs, int offset, struct tm *result) {
    const s64 seconds = totalsecs + offset;
    s64 days = seconds / seconds_a_day;
    s64 rest = seconds % seconds_a_day;
    if (rest < 0) {
        rest += seconds_a_day;
        days--;
    }
    result->tm_hour = static_cast<int>(rest / 3600);
    result->tm_min = static_cast<int>(rest / 60 % 60);
    result->tm_sec = static_cast<int>(rest % 60);
    result->tm_wday = static_cast<int>(((days + 4) % 7 + 7) % 7); // 1970-01-01 was a Thursday

    const s64 from_march_0 = days + 719468;
    const s64 era = (from_march_0 >= 0 ? from_march_0 : from_march_0 - 146096) / 146097;
    const s64 day_of_era = from_march_0 - era * 146097;
    const s64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const s64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const s64 month_from_march = (5 * day_of_year + 2) / 153;
    const unsigned month = static_cast<unsigned>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    const s64 year = year_of_era + era * 400 + (month <= 2);

    result->tm_mday = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    result->tm_mon = static_cast<int>(month - 1);
    result->tm_year = year - 1900;
    result->tm_yday = static_cast<int>(days - days_of_date(year, 1, 1));
}
EXPORT_SYMBOL(time64_to_tm);

unsigned int jiffies_to_msecs(const unsigned long j) {
    return static_cast<unsigned int>((MSEC_PER_SEC / HZ) * j);
}
EXPORT_SYMBOL(jiffies_to_msecs);

unsigned int jiffies_to_usecs(const unsigned long j) {
    return static_cast<unsigned int>((USEC_PER_SEC / HZ) * j);
}
EXPORT_SYMBOL(jiffies_to_usecs);

unsigned long __msecs_to_jiffies(const unsigned int m) {
    if (static_cast<int>(m) < 0)
        return MAX_JIFFY_OFFSET;
    return (m + (MSEC_PER_SEC / HZ) - 1) / (MSEC_PER_SEC / HZ);
}
EXPORT_SYMBOL(__msecs_to_jiffies);

// What is as much as the longest delay is endless. Linux compares in 32 bits.
unsigned long __usecs_to_jiffies(const unsigned int u) {
    if (u > jiffies_to_usecs(MAX_JIFFY_OFFSET))
        return MAX_JIFFY_OFFSET;
    return (u + (USEC_PER_SEC / HZ) - 1) / (USEC_PER_SEC / HZ);
}
EXPORT_SYMBOL(__usecs_to_jiffies);

struct timespec64 timespec64_add_safe(const struct timespec64 lhs, const struct timespec64 rhs) {
    timespec64 sum;
    time64_t seconds;

    if (__builtin_add_overflow(lhs.tv_sec, rhs.tv_sec, &seconds))
        return {TIME64_MAX, 0};
    set_normalized_timespec64(&sum, seconds, lhs.tv_nsec + rhs.tv_nsec);
    return sum.tv_sec < seconds ? timespec64{TIME64_MAX, 0} : sum;
}

unsigned long timespec64_to_jiffies(const struct timespec64 *value) {
    const u64 seconds = static_cast<u64>(value->tv_sec);
    if (seconds >= MAX_SEC_IN_JIFFIES)
        return MAX_JIFFY_OFFSET;
    return seconds * HZ + (value->tv_nsec + TICK_NSEC - 1) / TICK_NSEC;
}
EXPORT_SYMBOL(timespec64_to_jiffies);

void jiffies_to_timespec64(const unsigned long j, struct timespec64 *value) {
    value->tv_sec = static_cast<time64_t>(j / HZ);
    value->tv_nsec = static_cast<long>(j % HZ * TICK_NSEC);
}
EXPORT_SYMBOL(jiffies_to_timespec64);

u64 jiffies_64_to_clock_t(u64 x) {
    return x * USER_HZ / HZ;
}
EXPORT_SYMBOL(jiffies_64_to_clock_t);

clock_t jiffies_to_clock_t(unsigned long x) {
    return static_cast<clock_t>(jiffies_64_to_clock_t(x));
}
EXPORT_SYMBOL(jiffies_to_clock_t);

unsigned long clock_t_to_jiffies(unsigned long x) {
    if (x >= ~0UL / HZ * USER_HZ)
        return ~0UL;
    return x / USER_HZ * HZ + x % USER_HZ * HZ / USER_HZ;
}
EXPORT_SYMBOL(clock_t_to_jiffies);

u64 nsec_to_clock_t(u64 x) {
    return x / (NSEC_PER_SEC / USER_HZ);
}

u64 nsecs_to_jiffies64(u64 n) {
    return n / TICK_NSEC;
}
EXPORT_SYMBOL(nsecs_to_jiffies64);

unsigned long nsecs_to_jiffies(u64 n) {
    return static_cast<unsigned long>(nsecs_to_jiffies64(n));
}
EXPORT_SYMBOL_GPL(nsecs_to_jiffies);

u64 jiffies64_to_nsecs(u64 j) {
    return j * TICK_NSEC;
}
EXPORT_SYMBOL(jiffies64_to_nsecs);

u64 jiffies64_to_msecs(u64 j) {
    return j * (MSEC_PER_SEC / HZ);
}
EXPORT_SYMBOL(jiffies64_to_msecs);
