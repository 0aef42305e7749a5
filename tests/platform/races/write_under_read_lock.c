// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Two threads count under a lock that lets readers in together.
// races: worker_fn / worker_fn
#include "planted.h"

static __maybe_unused DEFINE_RWLOCK(lock);
static int lookups;
static struct task_struct *tasks[2];

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		write_lock(&lock);
		lookups++;
		write_unlock(&lock);
#else
		read_lock(&lock);
		lookups++;
		read_unlock(&lock);
#endif
		usleep_range(1000, 1000);
	}
	return 0;
}

static int __init planted_init(void)
{
	tasks[0] = kthread_run(worker_fn, NULL, "planted-0");
	tasks[1] = kthread_run(worker_fn, NULL, "planted-1");
	return 0;
}

static void __exit planted_exit(void)
{
	kthread_stop(tasks[0]);
	kthread_stop(tasks[1]);
	pr_info("planted: %d\n", lookups);
}
module_init(planted_init);
module_exit(planted_exit);
