// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A thread retires a buffer and takes it away 300 ns later; a handler may look at it in between. `us`: when.
#include "../../sw/defects/defect.h"

static int us = 1000;
module_param(us, int, 0444);
static int irq, edges, storage;
static bool retired;
static int *buffer = &storage;
static DECLARE_COMPLETION(go);
static DECLARE_COMPLETION(done);

static int retire(void *data)
{
	wait_for_completion(&go);
	usleep_range(us, us);
#ifdef CORRECT
	WRITE_ONCE(buffer, NULL);
	smp_wmb();
	WRITE_ONCE(retired, true);
#else
	WRITE_ONCE(retired, true);
	ndelay(300);
	WRITE_ONCE(buffer, NULL);
#endif
	complete(&done);
	return 0;
}

static irqreturn_t handler(int n, void *d)
{
	bool gone;

	if (++edges == 1) {
		complete(&go);
		return IRQ_HANDLED;
	}
	gone = smp_load_acquire(&retired);
	WARN(gone && READ_ONCE(buffer), "a retired buffer is used\n");
	return IRQ_HANDLED;
}

static int __init retired_init(void)
{
	struct task_struct *task = kthread_create(retire, NULL, "retire");

	kthread_bind(task, 1);
	wake_up_process(task);
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "retired", &irq);
}

static void __exit retired_exit(void)
{
	wait_for_completion(&done);
	free_irq(irq, &irq);
}

module_init(retired_init);
module_exit(retired_exit);
