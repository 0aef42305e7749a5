// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: activate active (active state 0) object type: rcu_head
#include "defect.h"

static struct rcu_head head;

static void callback(struct rcu_head *h)
{
}

static int __init defect_init(void)
{
	call_rcu(&head, callback);
#ifdef CORRECT
	rcu_barrier();
#endif
	call_rcu(&head, callback); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	rcu_barrier();
}
module_init(defect_init);
module_exit(defect_exit);
