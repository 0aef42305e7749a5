// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A task changes its CPU's counter, which the handler changes as well, with interrupts on.
// races: handler / worker_fn
#include "planted.h"

static DEFINE_PER_CPU(unsigned long, events);
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
	(*this_cpu_ptr(&events))++;
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		local_irq_disable();
#endif
		(*raw_cpu_ptr(&events))++;
#ifdef CORRECT
		local_irq_enable();
#endif
		usleep_range(300, 300);
	}
	return 0;
}

static int __init planted_init(void)
{
	task = kthread_create(worker_fn, NULL, "planted");
	kthread_bind(task, 0);
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
