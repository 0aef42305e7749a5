// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: using smp_processor_id() in preemptible [
#include "defect.h"

static DEFINE_PER_CPU(int, count);

static int count_presses(void *unused)
{
#ifdef CORRECT
	(*get_cpu_ptr(&count))++;
	put_cpu_ptr(&count);
#else
	(*this_cpu_ptr(&count))++; /* here */
#endif
	return 0;
}

static int __init defect_init(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(count_presses, NULL, "defect"));
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
