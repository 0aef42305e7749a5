// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A thread that looks whether there is work and then sets its state: a wake-up between the two is lost.
#include "../../sw/defects/defect.h"

static struct task_struct *waiter;
static int irq, pending, served;

static irqreturn_t handler(int n, void *d)
{
	WRITE_ONCE(pending, pending + 1);
	wake_up_process(waiter);
	return IRQ_HANDLED;
}

static int wait(void *data)
{
	while (!kthread_should_stop() && served < 20) {
#ifdef CORRECT
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(pending) > served)
			__set_current_state(TASK_RUNNING);
		else
			schedule();
#else
		if (READ_ONCE(pending) <= served) {
			set_current_state(TASK_UNINTERRUPTIBLE);
			schedule();
		}
#endif
		if (READ_ONCE(pending) > served)
			served++;
		udelay(10);
	}
	__set_current_state(TASK_RUNNING);
	while (!kthread_should_stop())
		msleep(20000);
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
