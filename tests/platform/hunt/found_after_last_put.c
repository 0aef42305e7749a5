// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Who looks an object up takes a reference after the lock; by then the last one may have gone.
#include "../../sw/defects/defect.h"
#include <linux/kref.h>

struct session { struct kref ref; };
static struct session *current_session;
static DEFINE_SPINLOCK(lock);
static struct task_struct *task;
static int irq;

static void end(struct kref *ref)
{
	kfree(container_of(ref, struct session, ref));
}

static irqreturn_t thread(int n, void *d)
{
	struct session *s;

	spin_lock(&lock);
	s = current_session;
#ifdef CORRECT
	if (s)
		kref_get(&s->ref);
	spin_unlock(&lock);
#else
	spin_unlock(&lock);
	if (s)
		kref_get(&s->ref);
#endif
	if (s)
		kref_put(&s->ref, end);
	return IRQ_HANDLED;
}

static int renew(void *data)
{
	while (!kthread_should_stop()) {
		struct session *s = kzalloc(sizeof(*s), GFP_KERNEL), *old;

		kref_init(&s->ref);
		spin_lock(&lock);
		old = current_session;
		current_session = s;
		spin_unlock(&lock);
		if (old)
			kref_put(&old->ref, end);
		usleep_range(1300, 1300);
	}
	return 0;
}

static int __init found_init(void)
{
	task = kthread_run(renew, NULL, "renew");
	irq = gpio_to_irq(BUTTON);
	return request_threaded_irq(irq, NULL, thread, IRQF_TRIGGER_RISING | IRQF_ONESHOT, "found", &irq);
}

static void __exit found_exit(void)
{
	free_irq(irq, &irq);
	kthread_stop(task);
	if (current_session)
		kref_put(&current_session->ref, end);
}

module_init(found_init);
module_exit(found_exit);
