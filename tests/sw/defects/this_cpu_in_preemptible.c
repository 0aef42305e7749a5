// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: using __this_cpu_add() in preemptible [
#include "defect.h"

static DEFINE_PER_CPU(int, count);

static void run(struct work_struct *w)
{
#ifdef CORRECT
	this_cpu_inc(count);
#else
	__this_cpu_inc(count); /* here */
#endif
}
static DECLARE_WORK(work, run);

static int __init defect_init(void)
{
	queue_work(system_unbound_wq, &work);
	return 0;
}

static void __exit defect_exit(void)
{
	cancel_work_sync(&work);
}

module_init(defect_init);
module_exit(defect_exit);
