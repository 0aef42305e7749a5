/* SPDX-License-Identifier: Apache-2.0 */
/* Counters of which each CPU has a part that is added now and then (Linux's include/linux/percpu_counter.h). */
#ifndef _LINUX_PERCPU_COUNTER_H
#define _LINUX_PERCPU_COUNTER_H

#include <linux/gfp.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct percpu_counter {
	raw_spinlock_t lock;
	s64 count; /* without the parts */
	s32 __percpu *counters;
};

__BEGIN_DECLS
extern int percpu_counter_batch; /* a part that reaches this is added */
/* 0 or -ENOMEM. */
int __percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp, struct lock_class_key *key);
void percpu_counter_destroy(struct percpu_counter *fbc);
void percpu_counter_set(struct percpu_counter *fbc, s64 amount);
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch);
/* The exact value. */
s64 __percpu_counter_sum(struct percpu_counter *fbc);
/* < 0, 0, > 0. */
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch);
void percpu_counter_sync(struct percpu_counter *fbc);
__END_DECLS

#define percpu_counter_init(fbc, value, gfp) __percpu_counter_init(fbc, value, gfp, NULL)
#define percpu_counter_compare(fbc, rhs) __percpu_counter_compare(fbc, rhs, percpu_counter_batch)
#define percpu_counter_add(fbc, amount) percpu_counter_add_batch(fbc, amount, percpu_counter_batch)
#define percpu_counter_add_local(fbc, amount) percpu_counter_add_batch(fbc, amount, INT_MAX)
#define percpu_counter_sub_local(fbc, amount) percpu_counter_add_local(fbc, -(amount))
#define percpu_counter_sub(fbc, amount) percpu_counter_add(fbc, -(amount))
#define percpu_counter_inc(fbc) percpu_counter_add(fbc, 1)
#define percpu_counter_dec(fbc) percpu_counter_add(fbc, -1)
#define percpu_counter_sum(fbc) __percpu_counter_sum(fbc)

static inline s64 __percpu_counter_not_negative(s64 value)
{
	return value < 0 ? 0 : value;
}

static inline s64 percpu_counter_sum_positive(struct percpu_counter *fbc)
{
	return __percpu_counter_not_negative(percpu_counter_sum(fbc));
}

/* Without the parts: quick, and off by as much as they hold. */
static inline s64 percpu_counter_read(struct percpu_counter *fbc)
{
	return fbc->count;
}

static inline s64 percpu_counter_read_positive(struct percpu_counter *fbc)
{
	return __percpu_counter_not_negative(READ_ONCE(fbc->count));
}

static inline bool percpu_counter_initialized(struct percpu_counter *fbc)
{
	return fbc->counters != NULL;
}
#endif
