// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* wait_on_bit, wait_var_event, wake_up_bit, swait. */
#include "probe.h"
#include <linux/wait_bit.h>

static unsigned long bits;
static int var;
static int other(void *x)
{
	msleep(5);
	clear_bit(3, &bits);
	smp_mb__after_atomic();
	wake_up_bit(&bits, 3);
	msleep(5);
	WRITE_ONCE(var, 1);
	wake_up_var(&var);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void probe(void)
{
	struct task_struct *t;

	FACT(wait_on_bit(&bits, 3, TASK_UNINTERRUPTIBLE));
	FACT(wait_on_bit_lock(&bits, 3, TASK_UNINTERRUPTIBLE));
	FACT(bits);
	FACT(wait_on_bit_timeout(&bits, 3, TASK_UNINTERRUPTIBLE, 2));
	t = kthread_run(other, NULL, "bits");
	FACT(wait_on_bit(&bits, 3, TASK_UNINTERRUPTIBLE));
	wait_var_event(&var, READ_ONCE(var));
	FACT(var);
	clear_and_wake_up_bit(1, &bits);
	FACT(bits);
	kthread_stop(t);
}

static void leave(void)
{
}
