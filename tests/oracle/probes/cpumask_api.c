// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Walking and combining cpumasks. */
#include "probe.h"
#include <linux/cpumask.h>

static void probe(void)
{
	static struct cpumask a, b, c;
	unsigned int cpu;
	char buf[32];

	cpumask_set_cpu(1, &a);
	cpumask_set_cpu(3, &a);
	FACT(cpumask_first(&a));
	FACT(cpumask_next(1, &a));
	FACT(cpumask_next(3, &a) >= nr_cpu_ids);
	FACT(cpumask_first_zero(&a));
	FACT(cpumask_next_zero(1, &a));
	FACT(cpumask_last(&a));
	FACT(cpumask_weight(&a));
	FACT(cpumask_any(&a));
	FACT(cpumask_any_but(&a, 1));
	FACT(cpumask_any_and(&a, cpumask_of(3)));
	FACT(cpumask_first_and(&a, cpumask_of(3)));
	FACT(cpumask_next_and(-1, &a, cpu_online_mask));
	FACT(cpumask_next_wrap(3, &a, 3, false));
	FACT(cpumask_local_spread(5, NUMA_NO_NODE));
	FACT(cpumask_test_and_set_cpu(2, &a));
	FACT(cpumask_test_and_clear_cpu(2, &a));
	cpumask_setall(&b);
	FACT(cpumask_full(&b));
	FACT(cpumask_subset(&a, &b));
	FACT(cpumask_andnot(&c, &b, &a));
	SAY("%*pbl", cpumask_pr_args(&c));
	cpumask_complement(&c, &a);
	SAY("%*pb", cpumask_pr_args(&c));
	cpumask_xor(&c, &a, cpumask_of(3));
	SAY("%*pbl", cpumask_pr_args(&c));
	cpumask_shift_left(&c, &c, 1);
	SAY("%*pbl", cpumask_pr_args(&c));
	FACT(cpumask_and(&c, &a, cpumask_of(0)));
	FACT(cpumask_empty(&c));
	FACT(cpumask_intersects(&a, cpumask_of(1)));
	FACT(cpumask_equal(&a, &b));
	FACT(cpumask_parse("5", &c));
	FACT(cpulist_parse("1-2", &c));
	FACT(cpulist_parse("0-9", &c));
	FACT(cpulist_parse("2-1", &c));
	FACT(cpulist_parse("x", &c));
	FACT(cpumap_print_to_pagebuf(true, buf, &a));
	SAY("[%.*s]", (int)strcspn(buf, "\n"), buf);
	for_each_cpu_wrap(cpu, cpu_online_mask, 2) SAY("wrap %u", cpu);
	for_each_cpu_andnot(cpu, cpu_online_mask, &a) SAY("andnot %u", cpu);
	for_each_cpu_and(cpu, cpu_online_mask, &a) SAY("and %u", cpu);
	FACT(num_online_cpus());
	FACT(num_possible_cpus());
	FACT(num_present_cpus());
	FACT(num_active_cpus());
	FACT(nr_cpu_ids);
	FACT(cpu_online(3));
	FACT(cpu_possible(4));
	FACT(cpumask_size());
}

static void leave(void)
{
}
