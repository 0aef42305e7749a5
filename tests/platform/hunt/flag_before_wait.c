// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A thread clears the flag of what it has seen after it has looked: an event in between is forgotten.
#include "../../sw/defects/defect.h"

static atomic_t asked = ATOMIC_INIT(0), events = ATOMIC_INIT(0);
static int served, irq;
static struct task_struct *task;
static DECLARE_WAIT_QUEUE_HEAD(queue);

static irqreturn_t handler(int n, void *d)
{
	atomic_inc(&events);
	atomic_set(&asked, 1);
	wake_up(&queue);
	return IRQ_HANDLED;
}

static int serve(void *data)
{
	while (!kthread_should_stop()) {
		wait_event(queue, atomic_read(&asked) || kthread_should_stop());
#ifdef CORRECT
		atomic_xchg(&asked, 0);
		WRITE_ONCE(served, atomic_read(&events));
#else
		WRITE_ONCE(served, atomic_read(&events));
		atomic_set(&asked, 0);
#endif
	}
	return 0;
}

static int __init flag_init(void)
{
	task = kthread_run(serve, NULL, "serve");
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "flag", &irq);
}

static void __exit flag_exit(void)
{
	free_irq(irq, &irq);
	msleep(20);
	WARN(READ_ONCE(served) != atomic_read(&events), "an event is forgotten\n");
	kthread_stop(task);
}

module_init(flag_init);
module_exit(flag_exit);
