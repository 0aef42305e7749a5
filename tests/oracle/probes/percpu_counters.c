// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* percpu_counter, percpu_ref, per-CPU memory. */
#include "probe.h"
#include <linux/percpu.h>
#include <linux/percpu-refcount.h>
#include <linux/percpu_counter.h>

static struct percpu_counter c;
static struct percpu_ref r;
static void gone(struct percpu_ref *x)
{
	SAY("ref gone");
}
static DEFINE_PER_CPU(int, n) = 7;

static void probe(void)
{
	int __percpu *p = alloc_percpu(int);
	int cpu, sum = 0;

	FACT(percpu_counter_init(&c, 5, GFP_KERNEL));
	percpu_counter_add(&c, 10);
	percpu_counter_dec(&c);
	FACT(percpu_counter_read(&c));
	FACT(percpu_counter_sum(&c));
	FACT(percpu_counter_compare(&c, 14));
	FACT(percpu_counter_compare(&c, 15));
	percpu_counter_set(&c, -3);
	FACT(percpu_counter_sum(&c));
	FACT(percpu_counter_sum_positive(&c));
	FACT(percpu_counter_read_positive(&c));
	FACT(percpu_counter_initialized(&c));
	percpu_counter_destroy(&c);
	FACT(percpu_ref_init(&r, gone, 0, GFP_KERNEL));
	percpu_ref_get(&r);
	FACT(percpu_ref_tryget(&r));
	FACT(percpu_ref_tryget_live(&r));
	FACT(percpu_ref_is_zero(&r));
	FACT(percpu_ref_is_dying(&r));
	percpu_ref_kill(&r);
	FACT(percpu_ref_is_dying(&r));
	FACT(percpu_ref_tryget_live(&r));
	percpu_ref_put(&r);
	percpu_ref_put(&r);
	percpu_ref_put(&r);
	msleep(20);
	FACT(percpu_ref_is_zero(&r));
	percpu_ref_exit(&r);
	for_each_possible_cpu(cpu)
	{
		sum += *per_cpu_ptr(p, cpu);
		*per_cpu_ptr(p, cpu) = cpu;
	}
	FACT(sum);
	FACT(per_cpu(n, 2));
	preempt_disable();
	__this_cpu_add(n, 3);
	FACT(__this_cpu_read(n));
	FACT(this_cpu_inc_return(n));
	FACT(this_cpu_xchg(n, 1));
	FACT(this_cpu_cmpxchg(n, 1, 2));
	FACT(this_cpu_ptr(&n) == per_cpu_ptr(&n, smp_processor_id()));
	preempt_enable();
	free_percpu(p);
}

static void leave(void)
{
}
