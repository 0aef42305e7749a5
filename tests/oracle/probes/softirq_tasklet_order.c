// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Tasklets: high before normal, order, which CPU, scheduling from handlers and from themselves. */
#include "probe.h"

static char notes[32];
static int times;
static void put(char c)
{
	size_t n = strlen(notes);

	if (n + 1 < sizeof(notes))
		notes[n] = c;
}
static struct tasklet_struct a, b, hi, self;
static void fn(struct tasklet_struct *t)
{
	put(t == &a ? 'a' : t == &b ? 'b' : 'H');
}
static void again(struct tasklet_struct *t)
{
	put('s');
	if (++times < 3)
		tasklet_schedule(t);
}
static void old(unsigned long x)
{
	SAY("old %lu", x);
	where("old");
}
static DECLARE_TASKLET_OLD(older, old);
static void now(struct irq_work *w)
{
	tasklet_schedule(&a);
	tasklet_schedule(&b);
	tasklet_hi_schedule(&hi);
	tasklet_schedule(&a);
	put('i');
}
static struct irq_work work = IRQ_WORK_INIT_HARD(now);

static void probe(void)
{
	tasklet_setup(&a, fn);
	tasklet_setup(&b, fn);
	tasklet_setup(&hi, fn);
	tasklet_setup(&self, again);
	irq_work_queue(&work);
	msleep(5);
	SAY("%s", notes);
	memset(notes, 0, sizeof(notes));
	local_bh_disable();
	tasklet_schedule(&b);
	tasklet_schedule(&a);
	put('t');
	FACT(a.state);
	local_bh_enable();
	SAY("%s", notes);
	memset(notes, 0, sizeof(notes));
	tasklet_disable(&a);
	tasklet_disable(&a);
	FACT(atomic_read(&a.count));
	tasklet_schedule(&a);
	msleep(5);
	FACT(a.state);
	tasklet_enable(&a);
	msleep(5);
	SAY("[%s]", notes);
	tasklet_enable(&a);
	msleep(5);
	SAY("[%s]", notes);
	memset(notes, 0, sizeof(notes));
	tasklet_schedule(&self);
	msleep(10);
	SAY("%s", notes);
	tasklet_schedule(&older);
	msleep(2);
	tasklet_kill(&a);
	tasklet_kill(&self);
	tasklet_unlock_wait(&b);
	FACT(b.use_callback);
	FACT(older.use_callback);
}

static void leave(void)
{
}
