// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* stop_machine(), functions on other CPUs with conditions, asynchronous calls that are busy. */
#include "probe.h"

#include <linux/stop_machine.h>

static int stopped(void *data)
{
	SAY("stopped: irqs off %d, %.9s, cpu %d", irqs_disabled(), current->comm, raw_smp_processor_id());
	return -33;
}

static atomic_t ran;

static int each(void *data)
{
	atomic_inc(&ran);
	return raw_smp_processor_id() == 2 ? -5 : 0;
}

static void called(void *data)
{
	atomic_inc(&ran);
}

static void slow(void *data)
{
	udelay(2000);
}

static bool odd(int cpu, void *info)
{
	return cpu & 1;
}

static void probe(void)
{
	static call_single_data_t csd = CSD_INIT(slow, NULL);
	cpumask_t mask;

	FACT(stop_machine(stopped, NULL, cpumask_of(1)));
	FACT(stop_machine(each, NULL, cpu_online_mask));
	FACT(atomic_read(&ran));
	FACT(smp_call_function_single(1, called, NULL, 1));
	FACT(smp_call_function_single(9, called, NULL, 1));
	FACT(smp_call_function_any(cpumask_of(3), called, NULL, 1));
	FACT(atomic_read(&ran));
	on_each_cpu_cond(odd, called, NULL, true);
	FACT(atomic_read(&ran));
	on_each_cpu(called, NULL, 1);
	FACT(atomic_read(&ran));
	cpumask_clear(&mask);
	cpumask_set_cpu(0, &mask);
	cpumask_set_cpu(2, &mask);
	on_each_cpu_mask(&mask, called, NULL, true);
	FACT(atomic_read(&ran));
	smp_call_function(called, NULL, 1);
	FACT(atomic_read(&ran));
	preempt_disable();
	smp_call_function_many(cpu_online_mask, called, NULL, true);
	preempt_enable();
	FACT(atomic_read(&ran));
	FACT(smp_call_function_single_async((raw_smp_processor_id() + 1) % 4, &csd));
	msleep(10);
	FACT(smp_call_on_cpu(2, stopped, NULL, false));
	FACT(smp_call_on_cpu(77, stopped, NULL, false));
}

static void leave(void)
{
}
