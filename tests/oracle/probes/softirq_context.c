// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Where tasklets, timers and irq_work run. */
#include "probe.h"
#include <linux/hrtimer.h>
#include <linux/timer.h>

static DECLARE_COMPLETION(done);
static void tl(struct tasklet_struct *t)
{
	where("tasklet");
	SAY("count %#x", preempt_count() & 0xff00);
	FACT(t->state);
	complete(&done);
}
static DECLARE_TASKLET(tasklet, tl);
static void tm(struct timer_list *t)
{
	where("timer");
	SAY("count %#x", preempt_count() & 0xff00);
	complete(&done);
}
static DEFINE_TIMER(timer, tm);
static enum hrtimer_restart hr(struct hrtimer *t)
{
	where("hrtimer");
	complete(&done);
	return HRTIMER_NORESTART;
}
static enum hrtimer_restart hs(struct hrtimer *t)
{
	where("soft hrtimer");
	complete(&done);
	return HRTIMER_NORESTART;
}
static void iw(struct irq_work *w)
{
	where("irq_work");
	complete(&done);
}
static struct irq_work work = IRQ_WORK_INIT(iw);
static void wk(struct work_struct *w)
{
	where("work");
	complete(&done);
}
static DECLARE_WORK(item, wk);
static void call(void *x)
{
	where("smp_call");
}

static void probe(void)
{
	struct hrtimer h;

	where("init");
	tasklet_schedule(&tasklet);
	wait_for_completion(&done);
	mod_timer(&timer, jiffies + 1);
	wait_for_completion(&done);
	hrtimer_init(&h, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	h.function = hr;
	hrtimer_start(&h, ms_to_ktime(1), HRTIMER_MODE_REL);
	wait_for_completion(&done);
	hrtimer_init(&h, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	h.function = hs;
	hrtimer_start(&h, ms_to_ktime(1), HRTIMER_MODE_REL_SOFT);
	wait_for_completion(&done);
	irq_work_queue(&work);
	wait_for_completion(&done);
	schedule_work(&item);
	wait_for_completion(&done);
	set_cpus_allowed_ptr(current, cpumask_of(2));
	smp_call_function_single(1, call, NULL, 1);
	smp_call_function_single(2, call, NULL, 1);
	local_bh_disable();
	where("bh off");
	local_irq_disable();
	where("bh and irqs off");
	local_irq_enable();
	local_bh_enable();
	hrtimer_cancel(&h);
}

static void leave(void)
{
}
