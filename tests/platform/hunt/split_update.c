// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// The lock is dropped between reading a sum and writing it back: no data race, and an update is lost.
#include "../../sw/defects/defect.h"

static DEFINE_SPINLOCK(lock);
static int sum, added;
static struct task_struct *task;
static int irq;

static void add(void)
{
	unsigned long flags;
	int old;

	spin_lock_irqsave(&lock, flags);
	old = sum;
#ifndef CORRECT
	spin_unlock_irqrestore(&lock, flags);
	spin_lock_irqsave(&lock, flags);
#endif
	sum = old + 1;
	added++;
	spin_unlock_irqrestore(&lock, flags);
}

static irqreturn_t handler(int n, void *d)
{
	add();
	return IRQ_HANDLED;
}

static int worker_fn(void *data)
{
	while (!kthread_should_stop()) {
		add();
		usleep_range(870, 870);
	}
	return 0;
}

static int __init split_init(void)
{
	task = kthread_run(worker_fn, NULL, "adder");
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "split", &irq);
}

static void __exit split_exit(void)
{
	free_irq(irq, &irq);
	kthread_stop(task);
	WARN(sum != added, "an update is lost\n");
}

module_init(split_init);
module_exit(split_exit);
