// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: with RCU callback callback [rcu_callback_left] still to come
#include "defect.h"

static struct rcu_head head;

static void callback(struct rcu_head *h) /* here */
{
}

static int __init defect_init(void)
{
	return 0;
}

static void __exit defect_exit(void)
{
	call_rcu(&head, callback);
#ifdef CORRECT
	rcu_barrier();
#endif
}
module_init(defect_init);
module_exit(defect_exit);
