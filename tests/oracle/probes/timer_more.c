// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* timer_reduce, mod_timer_pending, add_timer_on, try_to_del_timer_sync: answers and effects. */
#include "probe.h"
#include <linux/timer.h>

static int n;
static void fn(struct timer_list *t)
{
	n++;
	where("timer");
	SAY("cpu %u pending %d flags %#x", n == 1 ? raw_smp_processor_id() : 0, timer_pending(t), t->flags & 0x380000);
}
static struct timer_list t;

static void probe(void)
{
	unsigned long now;

	timer_setup(&t, fn, 0);
	FACT(timer_pending(&t));
	FACT(mod_timer_pending(&t, jiffies + 2));
	FACT(timer_reduce(&t, jiffies + 1000));
	now = t.expires;
	FACT(timer_reduce(&t, now + 10));
	FACT(t.expires == now);
	FACT(timer_reduce(&t, jiffies + 500));
	FACT(t.expires < now);
	FACT(mod_timer_pending(&t, jiffies + 600));
	FACT(mod_timer(&t, jiffies + 700));
	FACT(mod_timer(&t, t.expires));
	FACT(try_to_del_timer_sync(&t));
	FACT(try_to_del_timer_sync(&t));
	FACT(del_timer(&t));
	FACT(timer_delete_sync(&t));
	t.expires = jiffies + 1;
	add_timer_on(&t, 2);
	msleep(20);
	FACT(n);
	timer_setup(&t, fn, TIMER_DEFERRABLE | TIMER_PINNED);
	SAY("%#x", t.flags & ~0x3ffff);
	mod_timer(&t, jiffies + 1);
	FACT(timer_pending(&t));
	FACT(del_timer_sync(&t));
	timer_setup(&t, fn, TIMER_IRQSAFE);
	t.expires = jiffies;
	add_timer(&t);
	msleep(20);
	FACT(n);
	FACT(timer_shutdown_sync(&t));
	FACT(mod_timer(&t, jiffies + 1));
	FACT(timer_pending(&t));
	FACT(t.function == NULL);
	FACT(TIMER_DEFERRABLE);
	FACT(TIMER_PINNED);
	FACT(TIMER_IRQSAFE);
}

static void leave(void)
{
}
