// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Timers: return values, pending, wheel slack. */
#include "probe.h"
#include <linux/timer.h>

static unsigned long fired;
static void fn(struct timer_list *t)
{
	fired = jiffies;
}
static struct timer_list t;

static void probe(void)
{
	timer_setup(&t, fn, 0);
	FACT(timer_pending(&t));
	FACT(mod_timer(&t, jiffies + HZ));
	FACT(timer_pending(&t));
	FACT(mod_timer(&t, jiffies + 2 * HZ));
	FACT(mod_timer_pending(&t, jiffies + HZ));
	FACT(del_timer(&t));
	FACT(del_timer(&t));
	FACT(mod_timer_pending(&t, jiffies + HZ));
	FACT(timer_pending(&t));
	FACT(del_timer_sync(&t));
	FACT(try_to_del_timer_sync(&t));
	t.expires = jiffies + 2;
	add_timer(&t);
	msleep(40);
	SAY("fired %d", fired != 0);
	FACT(timer_reduce(&t, jiffies + 100));
	FACT(timer_reduce(&t, jiffies + 50));
	FACT((t.expires - jiffies) / 10);
	FACT(timer_delete(&t));
	t.expires = jiffies + 2;
	add_timer_on(&t, 2);
	FACT(t.flags & TIMER_CPUMASK);
	msleep(20);
	FACT(timer_pending(&t));
	FACT(msecs_to_jiffies(1));
	FACT(msecs_to_jiffies(4));
	FACT(msecs_to_jiffies(5));
	FACT(usecs_to_jiffies(1));
	FACT(jiffies_to_msecs(3));
	FACT(msecs_to_jiffies(-1) == MAX_JIFFY_OFFSET);
	FACT(nsecs_to_jiffies(10000000));
	FACT(jiffies_to_usecs(1));
	FACT(HZ);
	FACT(round_jiffies_relative(1) > 0);
	FACT(TIMER_DEFERRABLE);
	FACT(TIMER_PINNED);
	FACT(TIMER_IRQSAFE);
	FACT(schedule_timeout_interruptible(2));
	FACT(schedule_timeout_uninterruptible(0));
	FACT(msleep_interruptible(5));
	FACT(time_after(1UL, 0UL));
	FACT(time_before(0UL, ~0UL));
	FACT(time_in_range(5UL, 1UL, 9UL));
}
static void leave(void)
{
	del_timer_sync(&t);
}
