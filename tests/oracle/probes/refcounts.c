// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* kref, refcount, atomics, percpu counters. */
#include "probe.h"
#include <linux/kref.h>
#include <linux/percpu.h>
#include <linux/refcount.h>

static void rel(struct kref *k)
{
	SAY("released");
}
static DEFINE_PER_CPU(int, pc) = 3;
static void inc(void *x)
{
	this_cpu_add(pc, raw_smp_processor_id());
}

static void probe(void)
{
	struct kref k;
	refcount_t r = REFCOUNT_INIT(2);
	atomic_t a = ATOMIC_INIT(5);
	atomic64_t b = ATOMIC64_INIT(-1);
	int v = 5, old, cpu;
	unsigned long bits = 0;

	kref_init(&k);
	kref_get(&k);
	FACT(kref_read(&k));
	FACT(kref_put(&k, rel));
	FACT(kref_put(&k, rel));
	FACT(kref_get_unless_zero(&k));
	FACT(refcount_dec_not_one(&r));
	FACT(refcount_dec_not_one(&r));
	FACT(refcount_inc_not_zero(&r));
	FACT(refcount_sub_and_test(2, &r));
	FACT(refcount_inc_not_zero(&r));
	FACT(refcount_read(&r));
	FACT(atomic_add_return(3, &a));
	FACT(atomic_fetch_sub(1, &a));
	FACT(atomic_cmpxchg(&a, 7, 9));
	FACT(atomic_cmpxchg(&a, 7, 9));
	FACT(atomic_add_unless(&a, 1, 9));
	FACT(atomic_inc_not_zero(&a));
	FACT(atomic_dec_if_positive(&a));
	FACT(atomic_xchg(&a, 0));
	FACT(atomic_dec_if_positive(&a));
	FACT(atomic_dec_and_test(&a));
	FACT(atomic_inc_and_test(&a));
	FACT(atomic_fetch_or(6, &a));
	FACT(atomic_fetch_andnot(2, &a));
	FACT(atomic64_inc_return(&b));
	FACT(atomic_try_cmpxchg(&a, &v, 1));
	FACT(v);
	old = xchg(&v, 11);
	FACT(old);
	FACT(cmpxchg(&v, 11, 12));
	FACT(v);
	FACT(test_and_set_bit(5, &bits));
	FACT(test_and_set_bit(5, &bits));
	FACT(bits);
	FACT(test_and_clear_bit(5, &bits));
	FACT(test_and_change_bit(1, &bits));
	FACT(bits);
	change_bit(1, &bits);
	FACT(bits);
	on_each_cpu(inc, NULL, 1);
	for_each_online_cpu(cpu) SAY("cpu %d: %d", cpu, per_cpu(pc, cpu));
}

static void leave(void)
{
}
