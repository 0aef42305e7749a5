/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/gfp_types.h>
#include <linux/limits.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/*
 * Pointers (or small integers) by unsigned long: a radix tree of 64-way nodes that readers may walk without a lock, under
 * RCU. lib/xarray.cpp
 */
#define XA_CHUNK_SHIFT 6
#define XA_CHUNK_SIZE (1UL << XA_CHUNK_SHIFT)
#define XA_CHUNK_MASK (XA_CHUNK_SIZE - 1)
#define XA_MAX_MARKS 3

typedef unsigned xa_mark_t;
#define XA_MARK_0 0U
#define XA_MARK_1 1U
#define XA_MARK_2 2U
#define XA_PRESENT 8U
#define XA_FREE_MARK XA_MARK_0

#define XA_FLAGS_LOCK_IRQ 1U
#define XA_FLAGS_LOCK_BH 2U
#define XA_FLAGS_TRACK_FREE 4U
#define XA_FLAGS_ZERO_BUSY 8U
#define XA_FLAGS_ALLOC_WRAPPED 16U
#define XA_FLAGS_ACCOUNT 32U
#define XA_FLAGS_ALLOC XA_FLAGS_TRACK_FREE
#define XA_FLAGS_ALLOC1 (XA_FLAGS_TRACK_FREE | XA_FLAGS_ZERO_BUSY)

struct xa_node;

struct xarray {
	spinlock_t xa_lock;
	gfp_t xa_flags;
	struct xa_node *root;
};

struct xa_limit {
	u32 max;
	u32 min;
};

#ifdef __cplusplus
#define XA_LIMIT(_min, _max) (xa_limit{ .max = (_max), .min = (_min) })
#else
#define XA_LIMIT(_min, _max) ((struct xa_limit){ .max = (_max), .min = (_min) })
#endif
#define xa_limit_32b XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b XA_LIMIT(0, INT_MAX)
#define xa_limit_16b XA_LIMIT(0, USHRT_MAX)

#define XARRAY_INIT(name, flags) { __SPIN_LOCK_UNLOCKED(name.xa_lock), flags, NULL }
#define DEFINE_XARRAY_FLAGS(name, flags) struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name) DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name) DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name) DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

/* A reserved index: it is taken, and loads as NULL. */
#define XA_ZERO_ENTRY ((void *)1030UL)

/* An integer is stored as itself with a 1 behind it, which no pointer ends in. */
static inline bool xa_is_value(const void *entry)
{
	return ((unsigned long)entry & 1) == 1;
}

static inline void *xa_mk_value(unsigned long v)
{
	return (void *)(v * 2 + 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry / 2;
}

/* What the array keeps for itself: no pointer to an object ends in 2. */
#define xa_is_internal(entry) (((unsigned long)(entry)&3) == 2)
#define xa_mk_internal(v) ((void *)((v)*4UL + 2))
#define xa_to_internal(entry) ((unsigned long)(entry) / 4)
#define xa_is_zero(entry) unlikely((entry) == XA_ZERO_ENTRY)
#define xa_is_node(entry) (xa_is_internal(entry) && (unsigned long)(entry) > 4096)
#define xa_is_advanced(entry) (xa_is_internal(entry) && (unsigned long)(entry) <= (unsigned long)XA_RETRY_ENTRY)
#define XA_RETRY_ENTRY xa_mk_internal(256)

/* Errors travel as internal entries. */
static inline bool xa_is_err(const void *entry)
{
	return ((unsigned long)entry & 3) == 2 && (unsigned long)entry >= (unsigned long)(-MAX_ERRNO * 4L + 2);
}

static inline int xa_err(void *entry)
{
	return xa_is_err(entry) ? (int)((long)entry >> 2) : 0;
}

__BEGIN_DECLS
void xa_init_flags(struct xarray *xa, gfp_t flags);
void *xa_load(struct xarray *xa, unsigned long index);
/* The old entry, or an error (xa_err). Storing NULL erases. The __ forms want xa_lock to be held. */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *__xa_erase(struct xarray *xa, unsigned long index);
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
/* 0, -EBUSY where something is stored already, -ENOMEM. */
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
/* The lowest free index in the limits: 0, -EBUSY, -ENOMEM; cyclic: 1 after wrapping. */
int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
int xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next, gfp_t gfp);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter);
bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_destroy(struct xarray *xa);
__END_DECLS

static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

static inline bool xa_empty(const struct xarray *xa)
{
	return READ_ONCE(xa->root) == NULL;
}

/* Some entry has the mark. */
static inline bool xa_marked(struct xarray *xa, xa_mark_t mark)
{
	unsigned long index = 0;

	return xa_find(xa, &index, ULONG_MAX, mark) != NULL;
}

static inline int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	return xa_err(xa_cmpxchg(xa, index, NULL, XA_ZERO_ENTRY, gfp));
}

static inline void xa_release(struct xarray *xa, unsigned long index)
{
	xa_cmpxchg(xa, index, XA_ZERO_ENTRY, NULL, 0);
}

#define xa_lock(xa) spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa) spin_unlock(&(xa)->xa_lock)
#define xa_lock_bh(xa) spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock_bh(xa) spin_unlock_bh(&(xa)->xa_lock)
#define xa_lock_irq(xa) spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa) spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags) spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags) spin_unlock_irqrestore(&(xa)->xa_lock, flags)
#define xa_store_irq(xa, index, entry, gfp)                                                                            \
	({                                                                                                             \
		xa_lock_irq(xa);                                                                                       \
		void *__xa_old = __xa_store(xa, index, entry, gfp);                                                    \
		xa_unlock_irq(xa);                                                                                     \
		__xa_old;                                                                                              \
	})
#define xa_erase_irq(xa, index)                                                                                        \
	({                                                                                                             \
		xa_lock_irq(xa);                                                                                       \
		void *__xa_old = __xa_erase(xa, index);                                                                \
		xa_unlock_irq(xa);                                                                                     \
		__xa_old;                                                                                              \
	})

#define __xa_for_each(xa, index, entry, start, last, filter)                                                           \
	for (index = start, entry = (__typeof__(entry))xa_find(xa, &index, last, filter); entry;                       \
	     entry = (__typeof__(entry))xa_find_after(xa, &index, last, filter))
#define xa_for_each_range(xa, index, entry, start, last) __xa_for_each(xa, index, entry, start, last, XA_PRESENT)
#define xa_for_each_start(xa, index, entry, start) xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry) xa_for_each_start(xa, index, entry, 0)
#define xa_for_each_marked(xa, index, entry, filter) __xa_for_each(xa, index, entry, 0, ULONG_MAX, filter)

#endif
