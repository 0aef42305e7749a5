// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: [ BUG: Invalid wait context ]
// with: --for 100ms --append debug=raw_lock_nesting
#include "defect.h"

static DEFINE_SPINLOCK(lock);
static int irq;

static irqreturn_t handler(int n, void *d)
{
	spin_lock(&lock); /* here */
	spin_unlock(&lock);
	return IRQ_WAKE_THREAD;
}
static irqreturn_t thread(int n, void *d)
{
	return IRQ_HANDLED;
}

#ifndef CORRECT
#define FLAGS (IRQF_TRIGGER_RISING | IRQF_ONESHOT) /* stays a hard handler on PREEMPT_RT */
#else
#define FLAGS IRQF_TRIGGER_RISING
#endif
static int __init defect_init(void)
{
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, handler, thread, FLAGS, "defect", &irq);
}

static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
}
module_init(defect_init);
module_exit(defect_exit);
