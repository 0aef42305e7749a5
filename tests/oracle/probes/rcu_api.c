// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* RCU: order of callbacks and of waiting. */
#include "probe.h"
#include <linux/rcupdate.h>
#include <linux/srcu.h>

struct x {
	struct rcu_head h;
	int id;
};
static int order[4];
static atomic_t n;
static void cb(struct rcu_head *h)
{
	if (!atomic_read(&n))
		where("callback");
	order[atomic_inc_return(&n) - 1] = container_of(h, struct x, h)->id;
}
DEFINE_STATIC_SRCU(srcu);

static void probe(void)
{
	static struct x x[3];
	int i, idx;
	unsigned long c;

	for (i = 0; i < 3; i++) {
		x[i].id = i;
		call_rcu(&x[i].h, cb);
	}
	rcu_barrier();
	SAY("%d: %d %d %d", atomic_read(&n), order[0], order[1], order[2]);
	rcu_read_lock();
	FACT(rcu_read_lock_held());
	rcu_read_unlock();
	synchronize_rcu();
	synchronize_rcu_expedited();
	idx = srcu_read_lock(&srcu);
	FACT(idx);
	srcu_read_unlock(&srcu, idx);
	synchronize_srcu(&srcu);
	c = get_state_synchronize_rcu();
	FACT(poll_state_synchronize_rcu(c));
	synchronize_rcu();
	FACT(poll_state_synchronize_rcu(c));
	FACT(rcu_is_watching());
}

static void leave(void)
{
}
