// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A pair that is written under a seqlock and read without asking it.
// races: handler / worker_fn
#include "planted.h"

static __maybe_unused DEFINE_SEQLOCK(lock);
static u64 seconds, nanoseconds, shown;
static struct task_struct *task;

static irqreturn_t handler(int irq, void *d)
{
	write_seqlock(&lock);
	seconds++;
	nanoseconds = 0;
	write_sequnlock(&lock);
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	u64 now;

	while (!kthread_should_stop()) {
#ifdef CORRECT
		unsigned int seq;

		do {
			seq = read_seqbegin(&lock);
			now = seconds * 1000000000ull + nanoseconds;
		} while (read_seqretry(&lock, seq));
#else
		now = seconds * 1000000000ull + nanoseconds;
#endif
		WRITE_ONCE(shown, now);
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
