// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A thread that looks whether there is work and then sets its state: a wake-up between the two is lost. The presses come
// in pairs, and before the first of a pair everything must have been served.
#include "../../sw/defects/defect.h"

static struct task_struct *waiter;
static int irq, pending, served;
static ktime_t last;

static irqreturn_t handler(int n, void *d)
{
	if (ktime_us_delta(ktime_get(), last) > 500)
		WARN_ONCE(READ_ONCE(served) != pending, "a wake-up is lost\n");
	last = ktime_get();
	WRITE_ONCE(pending, pending + 1);
	wake_up_process(waiter);
	return IRQ_HANDLED;
}

static int wait(void *data)
{
	while (!kthread_should_stop()) {
#ifdef CORRECT
		set_current_state(TASK_INTERRUPTIBLE);
		if (READ_ONCE(pending) > served || kthread_should_stop())
			__set_current_state(TASK_RUNNING);
		else
			schedule();
#else
		if (READ_ONCE(pending) <= served && !kthread_should_stop()) {
			set_current_state(TASK_INTERRUPTIBLE);
			schedule();
		}
#endif
		if (READ_ONCE(pending) > served)
			WRITE_ONCE(served, served + 1);
		udelay(10);
	}
	return 0;
}

static int __init lost_init(void)
{
	waiter = kthread_run(wait, NULL, "waiter");
	if (IS_ERR(waiter))
		return PTR_ERR(waiter);
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "lost", &irq);
}

static void __exit lost_exit(void)
{
	free_irq(irq, &irq);
	kthread_stop(waiter);
}

module_init(lost_init);
module_exit(lost_exit);
