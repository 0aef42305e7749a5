// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Two threads on two CPUs that take the same two locks; one of them, and only when it is late, in the other order.
#include "../../sw/defects/defect.h"

static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);
static struct task_struct *threads[2];
static atomic_t progress;

static int run(void *data)
{
	struct mutex *first = &a, *second = &b;
	unsigned int turn = 0;

	while (!kthread_should_stop()) {
		int before = atomic_read(&progress);

		ndelay(data ? 4000 + 200 * (turn++ % 12) : 4920); /* now sooner, now later than the other */
#ifndef CORRECT
		if (data && atomic_read(&progress) != before) { /* the other one came in between */
			first = &b;
			second = &a;
		}
#endif
		mutex_lock(first);
		mutex_lock(second);
		atomic_inc(&progress);
		mutex_unlock(second);
		mutex_unlock(first);
		msleep(data ? 4 : 8);
		(void)before;
	}
	return 0;
}

static int __init locks_init(void)
{
	unsigned long i;

	for (i = 0; i < 2; i++) {
		threads[i] = kthread_create(run, (void *)i, "locks/%lu", i);
		kthread_bind(threads[i], i);
		wake_up_process(threads[i]);
	}
	return 0;
}

static void __exit locks_exit(void)
{
	kthread_stop(threads[0]);
	kthread_stop(threads[1]);
}

module_init(locks_init);
module_exit(locks_exit);
