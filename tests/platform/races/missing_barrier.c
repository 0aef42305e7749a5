// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A message and a flag that says it is there, with nothing that keeps them in order.
// races: handler / worker_fn
#include "planted.h"

static int message, ready, sum;
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
#ifdef CORRECT
	if (!smp_load_acquire(&ready)) {
		message++;
		smp_store_release(&ready, 1);
	}
#else
	if (!READ_ONCE(ready)) {
		message++;
		WRITE_ONCE(ready, 1);
	}
#endif
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		if (smp_load_acquire(&ready)) {
			sum += message;
			smp_store_release(&ready, 0);
		}
#else
		if (READ_ONCE(ready)) {
			sum += message;
			WRITE_ONCE(ready, 0);
		}
#endif
		usleep_range(300, 300);
	}
	return 0;
}

static int __init planted_init(void)
{
	task = kthread_run(worker_fn, NULL, "planted");
	return button_irq(handler, NULL, &task);
}

static void __exit planted_exit(void)
{
	button_free(&task);
	kthread_stop(task);
}
module_init(planted_init);
module_exit(planted_exit);
