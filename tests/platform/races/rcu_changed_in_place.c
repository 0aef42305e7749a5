// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// An object that readers find by RCU is changed where it stands, rather than replaced.
// races: handler / worker_fn
#include "planted.h"

struct setting { int gain, offset; };
static struct setting __rcu *setting;
static struct task_struct *task;
static int result;

static irqreturn_t handler(int irq, void *d)
{
	const struct setting *s;

	rcu_read_lock();
	s = rcu_dereference(setting);
	WRITE_ONCE(result, s->gain * 3 + s->offset);
	rcu_read_unlock();
	return IRQ_HANDLED;
}

static int worker_fn(void *d)
{
	while (!kthread_should_stop()) {
		struct setting *old = rcu_dereference_protected(setting, 1);
#ifdef CORRECT
		struct setting *new = kmemdup(old, sizeof(*old), GFP_KERNEL);

		new->gain++;
		new->offset--;
		rcu_assign_pointer(setting, new);
		synchronize_rcu();
		kfree(old);
#else
		old->gain++;
		old->offset--;
#endif
		usleep_range(1000, 1000);
	}
	return 0;
}

static int __init planted_init(void)
{
	struct setting *s = kzalloc(sizeof(*s), GFP_KERNEL);

	rcu_assign_pointer(setting, s);
	task = kthread_run(worker_fn, NULL, "planted");
	return button_irq(handler, NULL, &task);
}

static void __exit planted_exit(void)
{
	button_free(&task);
	kthread_stop(task);
	kfree(rcu_dereference_protected(setting, 1));
}
module_init(planted_init);
module_exit(planted_exit);
