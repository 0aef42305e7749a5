// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* smp_call_function and its relatives. */
#include "probe.h"

static atomic_t n;
static void fn(void *x)
{
	atomic_inc(&n);
	if (x)
		SAY("cpu %u irqs off %d hardirq %d", raw_smp_processor_id(), !!irqs_disabled(), !!in_hardirq());
}
static bool odd(int cpu, void *x)
{
	return cpu & 1;
}
static long back(void *x)
{
	SAY("work on %u %s", raw_smp_processor_id(), current->flags & PF_WQ_WORKER ? "worker" : "other");
	return 99;
}

static void probe(void)
{
	static call_single_data_t csd = CSD_INIT(fn, &n);

	set_cpus_allowed_ptr(current, cpumask_of(0));
	FACT(smp_call_function_single(0, fn, &n, 1));
	FACT(smp_call_function_single(3, fn, &n, 1));
	FACT(smp_call_function_any(cpumask_of(2), fn, &n, 1));
	FACT(smp_call_function_single_async(1, &csd));
	msleep(2);
	atomic_set(&n, 0);
	smp_call_function(fn, NULL, 1);
	FACT(atomic_read(&n));
	atomic_set(&n, 0);
	on_each_cpu(fn, NULL, 1);
	FACT(atomic_read(&n));
	atomic_set(&n, 0);
	on_each_cpu_cond(odd, fn, NULL, 1);
	FACT(atomic_read(&n));
	atomic_set(&n, 0);
	on_each_cpu_mask(cpumask_of(2), fn, NULL, 1);
	FACT(atomic_read(&n));
	preempt_disable();
	atomic_set(&n, 0);
	smp_call_function_many(cpu_online_mask, fn, NULL, 1);
	FACT(atomic_read(&n));
	preempt_enable();
	FACT(work_on_cpu(2, back, NULL));
	FACT(smp_call_on_cpu(1, (int (*)(void *))back, NULL, false));
	FACT(smp_call_on_cpu(77, (int (*)(void *))back, NULL, false));
}

static void leave(void)
{
}
