/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_KREF_H
#define _LINUX_KREF_H

#include <linux/refcount.h>

struct kref {
	refcount_t refcount;
};

#define KREF_INIT(n) { .refcount = REFCOUNT_INIT(n) }

static inline void kref_init(struct kref *kref)
{
	refcount_set(&kref->refcount, 1);
}

static inline unsigned int kref_read(const struct kref *kref)
{
	return refcount_read(&kref->refcount);
}

static inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

static inline int __must_check kref_get_unless_zero(struct kref *kref)
{
	return refcount_inc_not_zero(&kref->refcount);
}

/* 1 when this was the last reference, and release has run. */
static inline int __kref_given_up(struct kref *kref, bool last, void (*release)(struct kref *kref))
{
	if (last)
		release(kref);
	return last;
}

static inline int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	return __kref_given_up(kref, refcount_dec_and_test(&kref->refcount), release);
}

/* The same; release runs with the lock held, and gives it back. */
static inline int kref_put_mutex(struct kref *kref, void (*release)(struct kref *kref), struct mutex *lock)
{
	return __kref_given_up(kref, refcount_dec_and_mutex_lock(&kref->refcount, lock), release);
}

static inline int kref_put_lock(struct kref *kref, void (*release)(struct kref *kref), struct spinlock *lock)
{
	return __kref_given_up(kref, refcount_dec_and_lock(&kref->refcount, lock), release);
}

#endif
