// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* hrtimer_forward(), the expiry that it leaves, and what a timer that is not armed answers. */
#include "probe.h"

#include <linux/hrtimer.h>

static struct hrtimer timer;
static int runs;

static enum hrtimer_restart run(struct hrtimer *t)
{
	runs++;
	if (runs == 1) {
		FACT(hrtimer_active(t));
		FACT(hrtimer_is_queued(t));
		FACT(hrtimer_callback_running(t));
		FACT(hrtimer_try_to_cancel(t));
		FACT(hrtimer_forward_now(t, ms_to_ktime(3)));
	} else if (runs < 4) {
		hrtimer_add_expires_ns(t, 1000000);
	}
	return runs < 4 ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

static void forward(s64 expires, s64 now, s64 interval)
{
	u64 overrun;

	hrtimer_set_expires(&timer, ns_to_ktime(expires));
	overrun = hrtimer_forward(&timer, ns_to_ktime(now), ns_to_ktime(interval));
	SAY("forward %lld to %lld by %lld: %llu, then %lld", expires, now, interval, overrun,
	    hrtimer_get_expires_ns(&timer));
}

static void probe(void)
{
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = run;
	FACT(hrtimer_active(&timer));
	FACT(hrtimer_try_to_cancel(&timer));
	FACT(hrtimer_cancel(&timer));
	forward(1000000, 999999, 1000000);
	forward(1000000, 1000000, 1000000);
	forward(1000000, 1999999, 1000000);
	forward(1000000, 2000000, 1000000);
	forward(1000000, 12500000, 1000000);
	forward(1000000, 1000000000, 7);
	forward(5, 5, 1);
	forward(0, 10000000000LL, 3000000000LL);
	hrtimer_set_expires_range_ns(&timer, ms_to_ktime(5), 2000);
	FACT(hrtimer_get_expires_ns(&timer));
	FACT(hrtimer_get_softexpires_tv64(&timer));
	hrtimer_add_expires_ns(&timer, 10);
	FACT(hrtimer_get_expires_tv64(&timer));
	FACT(hrtimer_get_softexpires_tv64(&timer));
	hrtimer_start(&timer, ms_to_ktime(2), HRTIMER_MODE_REL);
	FACT(hrtimer_is_queued(&timer));
	FACT(hrtimer_get_remaining(&timer) > 0);
	FACT(hrtimer_get_remaining(&timer) <= 2000000);
	msleep(30);
	FACT(runs);
	FACT(hrtimer_active(&timer));
	hrtimer_start(&timer, ms_to_ktime(1000), HRTIMER_MODE_REL_PINNED);
	FACT(hrtimer_try_to_cancel(&timer));
	FACT(hrtimer_try_to_cancel(&timer));
	hrtimer_start(&timer, ms_to_ktime(1000), HRTIMER_MODE_REL);
	hrtimer_start(&timer, ms_to_ktime(2000), HRTIMER_MODE_REL);
	FACT(hrtimer_get_remaining(&timer) > 1500000000);
	FACT(hrtimer_cancel(&timer));
	hrtimer_init(&timer, CLOCK_BOOTTIME, HRTIMER_MODE_ABS);
	FACT(hrtimer_cb_get_time(&timer) > 0);
	FACT(timer.base->clockid);
	hrtimer_init(&timer, CLOCK_REALTIME, HRTIMER_MODE_REL);
	FACT(timer.base->clockid);
	hrtimer_init(&timer, CLOCK_REALTIME, HRTIMER_MODE_ABS);
	FACT(timer.base->clockid);
	hrtimer_init(&timer, CLOCK_TAI, HRTIMER_MODE_ABS_SOFT);
	FACT(timer.base->clockid);
	FACT(timer.is_soft);
	FACT(timer.is_hard);
	FACT(timer.is_rel);
	FACT(timer.state);
}

static void leave(void)
{
}
