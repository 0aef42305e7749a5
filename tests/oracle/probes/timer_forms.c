// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Flags and forms of timers: pending only, reduced, on a CPU, deferrable, at shutdown. */
#include "probe.h"

static struct timer_list timer, pinned;
static int runs;

static void run(struct timer_list *t)
{
	runs++;
	SAY("run: pending %d, try %d", timer_pending(t), try_to_del_timer_sync(t));
}

static void where_run(struct timer_list *t)
{
	SAY("on cpu %d of %d", raw_smp_processor_id(), (int)(t->flags & TIMER_CPUMASK));
}

static void probe(void)
{
	unsigned long now = jiffies;

	timer_setup(&timer, run, 0);
	FACT(timer_pending(&timer));
	FACT(del_timer(&timer));
	FACT(del_timer_sync(&timer));
	FACT(try_to_del_timer_sync(&timer));
	FACT(mod_timer_pending(&timer, now + HZ));
	FACT(timer_pending(&timer));
	FACT(mod_timer(&timer, now + HZ));
	FACT(mod_timer(&timer, now + HZ));
	FACT(mod_timer_pending(&timer, now + 2 * HZ));
	FACT(timer.expires - now);
	FACT(timer_reduce(&timer, now + 3 * HZ));
	FACT(timer.expires - now);
	FACT(timer_reduce(&timer, now + HZ));
	FACT(timer.expires - now);
	FACT(del_timer(&timer));
	FACT(timer_reduce(&timer, now + HZ));
	FACT(timer_delete_sync(&timer));
	timer.expires = jiffies + 2;
	add_timer(&timer);
	msleep(30);
	FACT(runs);
	mod_timer(&timer, jiffies - 100);
	msleep(20);
	FACT(runs);
	timer_setup(&pinned, where_run, TIMER_PINNED);
	pinned.expires = jiffies + 1;
	add_timer_on(&pinned, 3);
	msleep(30);
	timer_setup(&pinned, where_run, TIMER_DEFERRABLE | TIMER_IRQSAFE);
	FACT(pinned.flags & (TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE));
	pinned.expires = jiffies + HZ;
	add_timer_on(&pinned, 1);
	FACT(timer_pending(&pinned));
	FACT(del_timer_sync(&pinned));
	FACT(timer_shutdown_sync(&timer));
	FACT(mod_timer(&timer, jiffies + 1));
	msleep(20);
	FACT(timer_pending(&timer));
	FACT(runs);
	FACT(TIMER_DEFERRABLE);
	FACT(TIMER_PINNED);
	FACT(TIMER_IRQSAFE);
	FACT(TIMER_CPUMASK);
}

static void leave(void)
{
	del_timer_sync(&timer);
}
