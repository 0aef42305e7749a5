// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* preempt_count, in_*, current, might_sleep's neighbours, in each context. */
#include "probe.h"
#include <linux/hardirq.h>
#include <linux/timer.h>

static void facts(const char *what)
{
	SAY("%s: nmi %d hardirq %lu softirq %lu serving %lu interrupt %d task %d", what, !!in_nmi(),
	    hardirq_count() / HARDIRQ_OFFSET, softirq_count() / SOFTIRQ_OFFSET, in_serving_softirq() / SOFTIRQ_OFFSET,
	    !!in_interrupt(), !!in_task());
}
static struct timer_list t;
static void tfn(struct timer_list *x)
{
	facts("timer");
	local_bh_disable();
	facts("timer, bh off");
	local_bh_enable();
}
static void ifn(struct irq_work *w)
{
	facts("irq work");
}
static struct irq_work iw = IRQ_WORK_INIT_HARD(ifn);
static void tl(struct tasklet_struct *x)
{
	facts("tasklet");
	irq_work_queue(&iw);
}
static DECLARE_TASKLET(task, tl);

static void probe(void)
{
	unsigned long flags;

	facts("task");
	local_bh_disable();
	local_bh_disable();
	facts("two bh off");
	local_bh_enable();
	local_bh_enable();
	local_irq_save(flags);
	facts("irqs off");
	FACT(irqs_disabled() != 0);
	FACT(irqs_disabled_flags(flags) != 0);
	local_irq_restore(flags);
	rcu_read_lock();
	facts("rcu");
	rcu_read_unlock();
	timer_setup(&t, tfn, 0);
	mod_timer(&t, jiffies + 1);
	msleep(20);
	tasklet_schedule(&task);
	msleep(5);
	FACT(irqs_disabled());
	FACT(need_resched());
	FACT(current->pid > 0);
	SAY("%s", current->comm);
	FACT(current->flags & PF_KTHREAD);
	FACT(signal_pending(current));
	FACT(task_is_running(current));
	FACT(current->mm != NULL);
}

static void leave(void)
{
}
