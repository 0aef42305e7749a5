// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A thread masks interrupts, which keeps the handler away from its own CPU only.
// races: handler / worker_fn
#include "planted.h"

static __maybe_unused DEFINE_SPINLOCK(lock);
static int credit;
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
#ifdef CORRECT
	spin_lock(&lock);
#endif
	credit += 2;
#ifdef CORRECT
	spin_unlock(&lock);
#endif
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	unsigned long flags;

	while (!kthread_should_stop()) {
#ifdef CORRECT
		spin_lock_irqsave(&lock, flags);
#else
		local_irq_save(flags);
#endif
		if (credit)
			credit--;
#ifdef CORRECT
		spin_unlock_irqrestore(&lock, flags);
#else
		local_irq_restore(flags);
#endif
		usleep_range(300, 300);
	}
	return 0;
}

static int __init planted_init(void)
{
	task = kthread_create(worker_fn, NULL, "planted");
	kthread_bind(task, 2);
	wake_up_process(task);
	return button_irq(handler, NULL, &task);
}

static void __exit planted_exit(void)
{
	button_free(&task);
	kthread_stop(task);
}
module_init(planted_init);
module_exit(planted_exit);
