// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* printf: %pt. */
#include "probe.h"
#include <linux/rtc.h>
#include <linux/time64.h>

static void probe(void)
{
	struct tm tm;
	struct rtc_time rtc = {.tm_year = 126, .tm_mon = 10, .tm_mday = 30, .tm_hour = 1, .tm_min = 2, .tm_sec = 3};
	time64_t t = 1700000000;

	SAY("[%ptR] [%ptRd] [%ptRt] [%ptRr]", &rtc, &rtc, &rtc, &rtc);
	SAY("[%ptT] [%ptTd]", &t, &t);
	time64_to_tm(t, 0, &tm);
	SAY("tm %ld %d %d %d %d %d wday %d yday %d", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min,
	    tm.tm_sec, tm.tm_wday, tm.tm_yday);
}

static void leave(void)
{
}
