// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What tasklet_* do to state and count; the order of two lists. */
#include "probe.h"

static int order[8], n;
static void lo(struct tasklet_struct *t)
{
	order[n++] = 1;
}
static void hi(struct tasklet_struct *t)
{
	order[n++] = 2;
}
static void third(unsigned long d)
{
	order[n++] = d;
}
static DECLARE_TASKLET(a, lo);
static DECLARE_TASKLET(b, hi);
static struct tasklet_struct c;

static void probe(void)
{
	tasklet_init(&c, third, 3);
	FACT(c.use_callback);
	FACT(a.use_callback);
	local_bh_disable();
	tasklet_schedule(&a);
	FACT(a.state);
	tasklet_schedule(&c);
	tasklet_hi_schedule(&b);
	tasklet_schedule(&a);
	local_bh_enable();
	SAY("order %d: %d %d %d", n, order[0], order[1], order[2]);
	tasklet_disable(&a);
	FACT(atomic_read(&a.count));
	n = 0;
	tasklet_schedule(&a);
	msleep(5);
	FACT(n);
	FACT(a.state);
	tasklet_enable(&a);
	msleep(10);
	FACT(n);
	FACT(a.state);
	tasklet_kill(&a);
	FACT(a.state);
	FACT(tasklet_trylock(&a));
	FACT(tasklet_trylock(&a));
	tasklet_unlock(&a);
}

static void leave(void)
{
}
