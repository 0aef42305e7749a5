// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* hrtimers: return values, states, forward. */
#include "probe.h"
#include <linux/hrtimer.h>

static int n;
static enum hrtimer_restart fn(struct hrtimer *t)
{
	n++;
	SAY("in callback: active %d queued %d callback %d", hrtimer_active(t), hrtimer_is_queued(t),
	    hrtimer_callback_running(t));
	if (n < 3) {
		SAY("forward %llu", hrtimer_forward_now(t, ms_to_ktime(2)));
		return HRTIMER_RESTART;
	}
	return HRTIMER_NORESTART;
}

static void probe(void)
{
	struct hrtimer t;

	hrtimer_init(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	t.function = fn;
	FACT(hrtimer_active(&t));
	FACT(hrtimer_cancel(&t));
	FACT(hrtimer_try_to_cancel(&t));
	hrtimer_start(&t, ms_to_ktime(50), HRTIMER_MODE_REL);
	FACT(hrtimer_active(&t));
	FACT(hrtimer_is_queued(&t));
	FACT(ktime_to_ms(hrtimer_get_remaining(&t)) >= 48);
	FACT(hrtimer_cancel(&t));
	FACT(hrtimer_active(&t));
	hrtimer_start(&t, ms_to_ktime(2), HRTIMER_MODE_REL);
	msleep(30);
	FACT(n);
	hrtimer_set_expires(&t, ns_to_ktime(1000));
	FACT(hrtimer_forward(&t, ns_to_ktime(999), ns_to_ktime(10)));
	FACT(hrtimer_forward(&t, ns_to_ktime(1000), ns_to_ktime(10)));
	FACT(ktime_to_ns(hrtimer_get_expires(&t)));
	FACT(hrtimer_forward(&t, ns_to_ktime(1055), ns_to_ktime(10)));
	FACT(ktime_to_ns(hrtimer_get_expires(&t)));
	FACT(hrtimer_resolution);
	FACT(HRTIMER_MODE_ABS);
	FACT(HRTIMER_MODE_REL);
	FACT(HRTIMER_MODE_PINNED);
	FACT(HRTIMER_MODE_SOFT);
	FACT(HRTIMER_MODE_HARD);
	FACT(ktime_compare(1, 2));
	FACT(ktime_to_us(1999));
	FACT(ktime_ms_delta(5000000, 1000000));
	FACT(ktime_add_safe(KTIME_MAX, 5) == KTIME_MAX);
	FACT(ktime_divns(7, 2));
	FACT(ktime_set(1, 5));
	{
		struct timespec64 ts = ns_to_timespec64(-1);

		SAY("%lld %ld", ts.tv_sec, ts.tv_nsec);
		ts = ktime_to_timespec64(1500000000);
		SAY("%lld %ld", ts.tv_sec, ts.tv_nsec);
		SAY("%lld", timespec64_to_ns(&ts));
	}
}

static void leave(void)
{
}
