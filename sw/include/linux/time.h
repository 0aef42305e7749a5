/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar time (Linux: include/linux/time.h). */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/time64.h>

#define CLOCK_REALTIME		0
#define CLOCK_MONOTONIC		1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID	3
#define CLOCK_MONOTONIC_RAW	4
#define CLOCK_REALTIME_COARSE	5
#define CLOCK_MONOTONIC_COARSE	6
#define CLOCK_BOOTTIME		7
#define CLOCK_REALTIME_ALARM	8
#define CLOCK_BOOTTIME_ALARM	9
#define CLOCK_TAI		11

/* As struct tm of ISO C: tm_mon 0..11, tm_year from 1900, tm_wday 0 is Sunday, tm_yday 0..365. */
struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	long tm_year;
	int tm_wday;
	int tm_yday;
};

__BEGIN_DECLS
/* The second in which a Gregorian date (mon 1..12) begins, in UTC; 0 is the first of 1970. Any context. */
time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day, unsigned int hour,
		  unsigned int min, unsigned int sec);
/* The inverse, `offset` seconds added first. Any context. */
void time64_to_tm(time64_t totalsecs, int offset, struct tm *result);
__END_DECLS

#endif
