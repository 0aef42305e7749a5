/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/gfp.h>
#include <linux/percpu.h>
#include <linux/types.h>
#include <linux/xarray.h>

/* Numbers for pointers, the lowest free one first. Modifying needs the caller's lock, finding does not. */
struct idr {
	struct xarray idr_rt;
	unsigned int idr_base;
	unsigned int idr_next;
};

#define IDR_INIT_BASE(name, base)                                                                                      \
	{                                                                                                              \
		XARRAY_INIT(name.idr_rt, XA_FLAGS_ALLOC), (base), 0                                                    \
	}
#define IDR_INIT(name) IDR_INIT_BASE(name, 0)
#define DEFINE_IDR(name) struct idr name = IDR_INIT(name)

__BEGIN_DECLS
void idr_init_base(struct idr *idr, int base);
void idr_preload(gfp_t gfp);
/* start <= number < end (end 0: no limit). The number, -ENOMEM, -ENOSPC or -EINVAL. lib/idr.cpp */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp);
void *idr_remove(struct idr *idr, unsigned long id);
void *idr_find(const struct idr *idr, unsigned long id);
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data);
void *idr_get_next(struct idr *idr, int *nextid);
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid);
void *idr_replace(struct idr *idr, void *ptr, unsigned long id);
void idr_destroy(struct idr *idr);
__END_DECLS

static inline void idr_init(struct idr *idr)
{
	idr_init_base(idr, 0);
}

static inline bool idr_is_empty(const struct idr *idr)
{
	return xa_empty(&idr->idr_rt);
}

static inline void idr_preload_end(void)
{
	preempt_enable();
}

static inline void idr_set_cursor(struct idr *idr, unsigned int val)
{
	idr->idr_next = val;
}

#define idr_for_each_entry(idr, entry, id) for (id = 0; ((entry) = (__typeof__(entry))idr_get_next(idr, &(id))) != NULL; id += 1U)
#define idr_for_each_entry_ul(idr, entry, tmp, id)                                                                     \
	for (tmp = 0, id = 0; ((entry) = (__typeof__(entry))idr_get_next_ul(idr, &(id))) != NULL; ++id)

/* Numbers alone; it has its own lock. */
struct ida {
	struct xarray xa;
};

#define IDA_CHUNK_SIZE 128
#define IDA_BITMAP_BITS (IDA_CHUNK_SIZE * 8)
#define IDA_INIT(name) { XARRAY_INIT(name.xa, XA_FLAGS_ALLOC) }
#define DEFINE_IDA(name) struct ida name = IDA_INIT(name)

__BEGIN_DECLS
/* min <= number <= max. */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
void ida_destroy(struct ida *ida);
__END_DECLS

#define ida_alloc(ida, gfp) ida_alloc_range(ida, 0, ~0U, gfp)
#define ida_alloc_min(ida, min, gfp) ida_alloc_range(ida, min, ~0U, gfp)
#define ida_alloc_max(ida, max, gfp) ida_alloc_range(ida, 0, max, gfp)
#define ida_simple_get(ida, start, end, gfp) ida_alloc_range(ida, start, (end)-1, gfp)
#define ida_simple_remove(ida, id) ida_free(ida, id)

static inline void ida_init(struct ida *ida)
{
	xa_init_flags(&ida->xa, XA_FLAGS_ALLOC);
}

static inline bool ida_is_empty(const struct ida *ida)
{
	return xa_empty(&ida->xa);
}

#endif
