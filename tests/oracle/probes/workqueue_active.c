// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* How many items of a queue run at once. */
#include "probe.h"

static atomic_t now, most;
static void fn(struct work_struct *w)
{
	int n = atomic_inc_return(&now);

	if (n > atomic_read(&most))
		atomic_set(&most, n);
	msleep(10);
	atomic_dec(&now);
}

static void one(const char *name, unsigned int flags, int max, int count)
{
	static struct work_struct w[40];
	struct workqueue_struct *wq = alloc_workqueue("a-%s", flags, max, name);
	int i;

	if (!wq) {
		SAY("%s: none", name);
		return;
	}
	atomic_set(&most, 0);
	for (i = 0; i < count; i++) {
		INIT_WORK(&w[i], fn);
		queue_work_on(2, wq, &w[i]);
	}
	flush_workqueue(wq);
	SAY("%s %#x max %d of %d: %d", name, flags, max, count, atomic_read(&most));
	destroy_workqueue(wq);
}

static void probe(void)
{
	one("one", 0, 1, 6);
	one("three", 0, 3, 9);
	one("default", 0, 0, 20);
	one("unbound", WQ_UNBOUND, 2, 6);
	one("ordered", WQ_UNBOUND | __WQ_ORDERED, 1, 5);
	one("high", WQ_HIGHPRI, 2, 5);
	one("intensive", WQ_CPU_INTENSIVE, 4, 9);
	one("toomany", 0, 5000, 3);
}

static void leave(void)
{
}
