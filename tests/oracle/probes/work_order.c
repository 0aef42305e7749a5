// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Order of items: FIFO on a CPU, ordered queues, delayed ones, barriers. */
#include "probe.h"

static char order[32];
static atomic_t n;
struct w {
	struct work_struct w;
	struct delayed_work d;
	char c;
};
static void fn(struct work_struct *x)
{
	order[atomic_inc_return(&n) - 1] = container_of(x, struct w, w)->c;
}
static void df(struct work_struct *x)
{
	order[atomic_inc_return(&n) - 1] = container_of(to_delayed_work(x), struct w, d)->c;
}
static void slow(struct work_struct *x)
{
	msleep(20);
	fn(x);
}
static void show(const char *what)
{
	SAY("%s %s", what, order);
	memset(order, 0, sizeof(order));
	atomic_set(&n, 0);
}

static void probe(void)
{
	static struct w w[6];
	struct workqueue_struct *o = alloc_ordered_workqueue("oo", 0), *p = alloc_workqueue("pp", 0, 1);
	int i;

	for (i = 0; i < 6; i++) {
		w[i].c = 'a' + i;
		INIT_WORK(&w[i].w, fn);
		INIT_DELAYED_WORK(&w[i].d, df);
	}
	for (i = 0; i < 6; i++)
		queue_work_on(1, system_wq, &w[i].w);
	msleep(20);
	show("one cpu");
	for (i = 5; i >= 0; i--)
		queue_work_on(i & 3, o, &w[i].w);
	flush_workqueue(o);
	show("ordered");
	for (i = 0; i < 6; i++)
		queue_delayed_work_on(2, system_wq, &w[i].d, 6 - i);
	msleep(60);
	show("delayed");
	INIT_WORK(&w[0].w, slow);
	for (i = 0; i < 4; i++)
		queue_work_on(1, p, &w[i].w);
	FACT(flush_work(&w[1].w));
	SAY("after flush of b: %d", atomic_read(&n));
	flush_workqueue(p);
	show("max 1");
	queue_work_on(1, p, &w[0].w);
	queue_work_on(1, p, &w[1].w);
	msleep(5);
	FACT(cancel_work_sync(&w[1].w));
	FACT(cancel_work_sync(&w[0].w));
	show("cancelled");
	queue_work_on(1, p, &w[0].w);
	drain_workqueue(p);
	show("drained");
	destroy_workqueue(o);
	destroy_workqueue(p);
}

static void leave(void)
{
}
