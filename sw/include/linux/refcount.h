/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_REFCOUNT_H
#define _LINUX_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/limits.h>
#include <linux/refcount_types.h>
#include "port/order.h"

struct mutex;
struct spinlock;

#define REFCOUNT_INIT(n) { .refs = ATOMIC_INIT(n) }
#define REFCOUNT_MAX INT_MAX
#define REFCOUNT_SATURATED (INT_MIN / 2)

enum refcount_saturation_type {
	REFCOUNT_ADD_NOT_ZERO_OVF,
	REFCOUNT_ADD_OVF,
	REFCOUNT_ADD_UAF,
	REFCOUNT_SUB_UAF,
	REFCOUNT_DEC_LEAK,
};

__BEGIN_DECLS
/* Reports misuse once and makes the counter stay saturated: the object leaks rather than being used after it was freed. */
void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t);
bool refcount_dec_if_one(refcount_t *r);
bool refcount_dec_not_one(refcount_t *r);
bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock);
bool refcount_dec_and_lock(refcount_t *r, struct spinlock *lock);
bool refcount_dec_and_lock_irqsave(refcount_t *r, struct spinlock *lock, unsigned long *flags);
__END_DECLS

/*
 * What a change found and what it left decide whether it was right: a count that was in use and still is, or has just ended.
 * Saturated counters are below 0, and stay there.
 */
static inline unsigned int refcount_read(const refcount_t *r)
{
	return atomic_read(&r->refs);
}

static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

static inline bool __refcount_overflowed(int old, int i)
{
	return unlikely(old < 0 || old + i < 0);
}

static inline void refcount_add(int i, refcount_t *r)
{
	const int old = atomic_fetch_add_relaxed(i, &r->refs);

	if (unlikely(!old) || __refcount_overflowed(old, i))
		refcount_warn_saturate(r, old ? REFCOUNT_ADD_OVF : REFCOUNT_ADD_UAF);
}

static inline void refcount_inc(refcount_t *r)
{
	refcount_add(1, r);
}

/* Adds to a count that is in use. What it was: 0, and nothing is done, for one that has ended. */
static inline int __refcount_join(refcount_t *r, int more)
{
	int was = atomic_read(&r->refs);

	while (was && !atomic_try_cmpxchg_relaxed(&r->refs, &was, was + more))
		;
	return was;
}

static inline bool refcount_add_not_zero(int i, refcount_t *r)
{
	const int was = __refcount_join(r, i);

	if (unlikely(was && __refcount_overflowed(was, i)))
		refcount_warn_saturate(r, REFCOUNT_ADD_NOT_ZERO_OVF);
	return was;
}

static inline bool refcount_inc_not_zero(refcount_t *r)
{
	return refcount_add_not_zero(1, r);
}

/* What is left after `less` holders have let go. The last one's next steps come after those of all others. */
static inline int __refcount_leave(refcount_t *r, int less)
{
	order_tell(signal, r);
	const int was = atomic_fetch_sub_release(less, &r->refs);

	if (unlikely(was <= 0 || was < less))
		refcount_warn_saturate(r, REFCOUNT_SUB_UAF);
	else if (was == less)
		order_tell(received, r);
	return was - less;
}

static inline bool refcount_sub_and_test(int i, refcount_t *r)
{
	return !__refcount_leave(r, i);
}

static inline bool refcount_dec_and_test(refcount_t *r)
{
	return refcount_sub_and_test(1, r);
}

/* For a holder who knows that it is not the last one. */
static inline void refcount_dec(refcount_t *r)
{
	order_tell(signal, r);
	if (unlikely(atomic_fetch_sub_release(1, &r->refs) <= 1))
		refcount_warn_saturate(r, REFCOUNT_DEC_LEAK);
}

#endif
