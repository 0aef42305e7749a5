// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* preempt_count and the context macros (no preemption model in it). */
#include "probe.h"
#include <linux/preempt.h>

static void call(void *x)
{
	SAY("ipi hardirq_count %#lx irq_count %d", hardirq_count(), irq_count() != 0);
}

static void probe(void)
{
	FACT(HARDIRQ_OFFSET);
	FACT(SOFTIRQ_OFFSET);
	FACT(NMI_OFFSET);
	FACT(PREEMPT_OFFSET);
	FACT(SOFTIRQ_MASK);
	FACT(HARDIRQ_MASK);
	FACT(PREEMPT_MASK);
	FACT(NMI_MASK);
	FACT(SOFTIRQ_DISABLE_OFFSET);
	local_bh_disable();
	FACT(softirq_count());
	FACT(in_softirq());
	FACT(!!in_serving_softirq());
	FACT(!!in_interrupt());
	FACT(!!in_task());
	FACT(!!in_atomic());
	local_bh_enable();
	FACT(in_interrupt());
	set_cpus_allowed_ptr(current, cpumask_of(0));
	smp_call_function_single(2, call, NULL, 1);
	FACT(smp_call_function_single(77, call, NULL, 1));
	FACT(in_nmi());
	FACT(system_state);
	FACT(oops_in_progress);
	FACT(nr_cpu_ids);
	FACT(setup_max_cpus > 3);
}

static void leave(void)
{
}
