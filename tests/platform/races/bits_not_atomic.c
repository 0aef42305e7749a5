// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Two bits of one word, each with one writer, changed by the operations that are not atomic.
// races: handler / worker_fn
#include "planted.h"

static unsigned long flags;
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
#ifdef CORRECT
	set_bit(0, &flags);
#else
	__set_bit(0, &flags);
#endif
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		change_bit(1, &flags);
#else
		__change_bit(1, &flags);
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
