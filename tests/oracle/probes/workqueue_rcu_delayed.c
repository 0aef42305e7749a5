// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* rcu_work, delayed work's answers, work that queues itself, what cancelling and flushing answer. */
#include "probe.h"

static struct rcu_work rw;
static struct delayed_work dw;
static struct work_struct self, slow;
static int runs;
static void rfn(struct work_struct *w)
{
	where("rcu work");
	FACT(to_rcu_work(w) == &rw);
}
static void dfn(struct work_struct *w)
{
	SAY("delayed pending %d", delayed_work_pending(&dw));
}
static void sfn(struct work_struct *w)
{
	SAY("self pending %d busy %u", work_pending(w), work_busy(w));
	if (++runs < 3)
		SAY("queue %d", schedule_work(w));
}
static void slowfn(struct work_struct *w)
{
	msleep(20);
}

static void probe(void)
{
	struct workqueue_struct *q = alloc_workqueue("oracle%d", WQ_FREEZABLE, 3, 7), *o;

	INIT_RCU_WORK(&rw, rfn);
	INIT_DELAYED_WORK(&dw, dfn);
	INIT_WORK(&self, sfn);
	INIT_WORK(&slow, slowfn);
	FACT(queue_rcu_work(q, &rw));
	FACT(queue_rcu_work(q, &rw));
	FACT(flush_rcu_work(&rw));
	FACT(flush_rcu_work(&rw));
	FACT(queue_delayed_work(q, &dw, 100));
	FACT(queue_delayed_work(q, &dw, 1));
	FACT(delayed_work_pending(&dw));
	FACT(work_busy(&dw.work));
	FACT(mod_delayed_work(q, &dw, 200));
	FACT(cancel_delayed_work(&dw));
	FACT(mod_delayed_work(q, &dw, 100));
	FACT(cancel_delayed_work(&dw));
	FACT(mod_delayed_work_on(2, q, &dw, 0));
	FACT(flush_work(&dw.work));
	FACT(queue_delayed_work_on(1, q, &dw, 50));
	FACT(cancel_delayed_work_sync(&dw));
	FACT(cancel_delayed_work_sync(&dw));
	FACT(schedule_work(&self));
	msleep(10);
	FACT(runs);
	FACT(flush_work(&self));
	FACT(queue_work(q, &slow));
	msleep(5);
	FACT(work_pending(&slow));
	FACT(work_busy(&slow));
	FACT(queue_work(q, &slow));
	FACT(work_busy(&slow));
	FACT(cancel_work(&slow));
	FACT(cancel_work(&slow));
	FACT(cancel_work_sync(&slow));
	FACT(queue_work_on(3, q, &slow));
	FACT(flush_work(&slow));
	FACT(cancel_work_sync(&slow));
	FACT(workqueue_congested(WORK_CPU_UNBOUND, q));
	FACT(current_work() == NULL);
	destroy_workqueue(q);
	o = alloc_ordered_workqueue("oracle_ordered", 0);
	FACT(queue_work(o, &slow));
	drain_workqueue(o);
	FACT(work_busy(&slow));
	destroy_workqueue(o);
	FACT(WQ_MAX_ACTIVE);
	FACT(WQ_UNBOUND);
	FACT(WQ_HIGHPRI);
}

static void leave(void)
{
}
