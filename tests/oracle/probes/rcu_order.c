// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Order of callbacks of RCU, states of grace periods, what waits for what. */
#include "probe.h"

#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>

static struct rcu_head heads[4];
static int count;

static void called(struct rcu_head *head)
{
	SAY("callback %ld: number %d softirq %d", (long)(head - heads), count++, !!in_softirq());
	if (head == &heads[3])
		FACT(rcu_read_lock_held() >= 0);
}

static void nested(struct rcu_head *head)
{
	SAY("nested");
	call_rcu(&heads[0], called);
}

static void probe(void)
{
	unsigned long before, start;
	static struct rcu_head more;
	int i;

	preempt_disable();
	for (i = 0; i < 4; i++)
		call_rcu(&heads[i], called);
	preempt_enable();
	FACT(count);
	rcu_barrier();
	FACT(count);
	call_rcu(&more, nested);
	rcu_barrier();
	rcu_barrier();
	FACT(count);
	before = get_state_synchronize_rcu();
	FACT(poll_state_synchronize_rcu(before));
	synchronize_rcu();
	FACT(poll_state_synchronize_rcu(before));
	cond_synchronize_rcu(before);
	start = start_poll_synchronize_rcu();
	rcu_read_lock();
	FACT(poll_state_synchronize_rcu(start));
	FACT(rcu_preempt_depth() >= 0);
	rcu_read_unlock();
	cond_synchronize_rcu(start);
	FACT(poll_state_synchronize_rcu(start));
	synchronize_rcu_expedited();
	FACT(rcu_is_watching());
	init_rcu_head(&more);
	destroy_rcu_head(&more);
}

static void leave(void)
{
}
