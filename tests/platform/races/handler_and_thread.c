// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A counter that a handler raises and a thread lowers.
// races: handler / worker_fn
#include "planted.h"

static __maybe_unused DEFINE_SPINLOCK(lock);
static int presses;
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
#ifdef CORRECT
	spin_lock(&lock);
#endif
	presses++;
#ifdef CORRECT
	spin_unlock(&lock);
#endif
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		spin_lock_irq(&lock);
#endif
		if (presses)
			presses--;
#ifdef CORRECT
		spin_unlock_irq(&lock);
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
