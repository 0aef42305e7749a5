// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Handlers of lines on two banks share a time stamp. Both lines go to one CPU by default, but need not.
// races: left / right
#include "planted.h"

static __maybe_unused DEFINE_SPINLOCK(lock);
static ktime_t last;
static u64 shortest = ~0ull;

static irqreturn_t note(void)
{
	u64 gap;
#ifdef CORRECT
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
#endif
	gap = ktime_to_ns(ktime_sub(ktime_get(), last));
	if (gap < shortest)
		shortest = gap;
	last = ktime_get();
#ifdef CORRECT
	spin_unlock_irqrestore(&lock, flags);
#endif
	return IRQ_HANDLED;
}

static irqreturn_t left(int irq, void *d)
{
	return note();
}

static irqreturn_t right(int irq, void *d)
{
	return note();
}

static int __init planted_init(void)
{
	int error = request_irq(gpio_to_irq(OTHER), right, IRQF_TRIGGER_RISING, "right", &last);

	return error ? error : button_irq(left, NULL, &last);
}

static void __exit planted_exit(void)
{
	button_free(&last);
	free_irq(gpio_to_irq(OTHER), &last);
}
module_init(planted_init);
module_exit(planted_exit);
