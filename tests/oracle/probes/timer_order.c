// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Order of timers of one tick, deferrable and hrtimers of one time. */
#include "probe.h"
#include <linux/hrtimer.h>
#include <linux/timer.h>

static char order[32];
static int n;
struct t {
	struct timer_list t;
	struct hrtimer h;
	char c;
};
static void fn(struct timer_list *x)
{
	order[n++] = container_of(x, struct t, t)->c;
}
static enum hrtimer_restart hf(struct hrtimer *x)
{
	order[n++] = container_of(x, struct t, h)->c;
	return HRTIMER_NORESTART;
}

static void probe(void)
{
	static struct t t[6];
	unsigned long at;
	ktime_t k;
	int i;

	set_cpus_allowed_ptr(current, cpumask_of(1));
	at = jiffies + 5;
	for (i = 0; i < 6; i++) {
		t[i].c = 'a' + i;
		timer_setup(&t[i].t, fn, 0);
		mod_timer(&t[i].t, at);
	}
	msleep(60);
	SAY("same tick %s", order);
	memset(order, 0, sizeof(order));
	n = 0;
	at = jiffies + 8;
	for (i = 0; i < 6; i++)
		mod_timer(&t[i].t, at - i);
	msleep(80);
	SAY("falling %s", order);
	memset(order, 0, sizeof(order));
	n = 0;
	k = ktime_add_ms(ktime_get(), 10);
	for (i = 0; i < 6; i++) {
		hrtimer_init(&t[i].h, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED);
		t[i].h.function = hf;
		hrtimer_start(&t[i].h, k, HRTIMER_MODE_ABS_PINNED);
	}
	msleep(40);
	SAY("hrtimers %s", order);
	memset(order, 0, sizeof(order));
	n = 0;
	for (i = 0; i < 6; i++) {
		mod_timer(&t[i].t, jiffies - i);
	}
	msleep(20);
	SAY("past %s", order);
}

static void leave(void)
{
}
