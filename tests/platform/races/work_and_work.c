// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Two work items append to one buffer.
// races: first_fn / second_fn
#include "planted.h"

static __maybe_unused DEFINE_MUTEX(lock);
static char buffer[256];
static unsigned int used;

static void append(char what)
{
#ifdef CORRECT
	mutex_lock(&lock);
#endif
	if (used < sizeof(buffer))
		buffer[used++] = what;
#ifdef CORRECT
	mutex_unlock(&lock);
#endif
}

static void first_fn(struct work_struct *w)
{
	append('1');
}
static DECLARE_WORK(first, first_fn);

static void second_fn(struct work_struct *w)
{
	append('2');
}
static DECLARE_WORK(second, second_fn);

static irqreturn_t handler(int irq, void *d)
{
	schedule_work(&first);
	queue_work(system_unbound_wq, &second);
	return IRQ_HANDLED;
}

static int __init planted_init(void)
{
	return button_irq(handler, NULL, &used);
}

static void __exit planted_exit(void)
{
	button_free(&used);
	cancel_work_sync(&first);
	cancel_work_sync(&second);
	pr_info("planted: %u used\n", used);
}
module_init(planted_init);
module_exit(planted_exit);
