// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* SRCU, and RCU's helpers. */
#include "probe.h"
#include <linux/rcupdate.h>
#include <linux/srcu.h>

DEFINE_STATIC_SRCU(s);
static struct rcu_head head;
static struct srcu_struct own;
static void cb(struct rcu_head *h)
{
	SAY("callback %d serving %d", h == &head, !!in_serving_softirq());
}

static void probe(void)
{
	int a = srcu_read_lock(&s), b;

	FACT(a);
	b = srcu_read_lock(&s);
	FACT(b);
	srcu_read_unlock(&s, b);
	srcu_read_unlock(&s, a);
	synchronize_srcu(&s);
	a = srcu_read_lock(&s);
	FACT(a >= 0);
	srcu_read_unlock(&s, a);
	call_srcu(&s, &head, cb);
	srcu_barrier(&s);
	FACT(init_srcu_struct(&own));
	synchronize_srcu_expedited(&own);
	cleanup_srcu_struct(&own);
	FACT(rcu_is_watching());
	FACT(rcu_read_lock_held() >= 0);
	synchronize_rcu_expedited();
	call_rcu(&head, cb);
	rcu_barrier();
	FACT(poll_state_synchronize_rcu(get_state_synchronize_rcu()));
	cond_synchronize_rcu(get_state_synchronize_rcu());
}

static void leave(void)
{
}
