// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* idr, ida, xarray. */
#include "probe.h"
#include <linux/idr.h>
#include <linux/xarray.h>

static DEFINE_IDR(idr);
static DEFINE_IDA(ida);
static DEFINE_XARRAY_ALLOC(xa);
static DEFINE_XARRAY(xb);

static void probe(void)
{
	int i, *p = &i, id;
	unsigned long index;
	u32 xid, next = 0;
	void *e;

	FACT(idr_alloc(&idr, p, 0, 0, GFP_KERNEL));
	FACT(idr_alloc(&idr, p, 0, 0, GFP_KERNEL));
	FACT(idr_alloc(&idr, p, 5, 7, GFP_KERNEL));
	FACT(idr_alloc(&idr, p, 5, 6, GFP_KERNEL));
	FACT(idr_alloc(&idr, p, 7, 5, GFP_KERNEL));
	FACT(idr_alloc_cyclic(&idr, p, 0, 0, GFP_KERNEL));
	FACT(idr_alloc_cyclic(&idr, p, 0, 0, GFP_KERNEL));
	FACT(idr_find(&idr, 5) == p);
	FACT(idr_remove(&idr, 5) == p);
	FACT(idr_remove(&idr, 5) == p);
	FACT(idr_replace(&idr, &p, 1) == p);
	FACT(PTR_ERR(idr_replace(&idr, &p, 99)));
	FACT(idr_is_empty(&idr));
	idr_for_each_entry(&idr, e, id) SAY("id %d", id);
	idr_destroy(&idr);
	FACT(ida_alloc(&ida, GFP_KERNEL));
	FACT(ida_alloc_min(&ida, 10, GFP_KERNEL));
	FACT(ida_alloc_max(&ida, 0, GFP_KERNEL));
	FACT(ida_alloc_range(&ida, 3, 3, GFP_KERNEL));
	FACT(ida_alloc_range(&ida, 3, 3, GFP_KERNEL));
	ida_free(&ida, 0);
	FACT(ida_alloc(&ida, GFP_KERNEL));
	ida_destroy(&ida);
	FACT(xa_alloc(&xa, &xid, p, XA_LIMIT(0, 2), GFP_KERNEL));
	FACT(xid);
	FACT(xa_alloc(&xa, &xid, p, XA_LIMIT(0, 1), GFP_KERNEL));
	FACT(xa_alloc(&xa, &xid, p, XA_LIMIT(0, 1), GFP_KERNEL));
	FACT(xa_alloc_cyclic(&xa, &xid, p, XA_LIMIT(0, 2), &next, GFP_KERNEL));
	FACT(xid);
	FACT(next);
	FACT(xa_alloc_cyclic(&xa, &xid, p, XA_LIMIT(0, 4), &next, GFP_KERNEL));
	FACT(xid);
	FACT(xa_store(&xb, 7, p, GFP_KERNEL) == NULL);
	FACT(xa_store(&xb, 7, &p, GFP_KERNEL) == p);
	FACT(xa_insert(&xb, 7, p, GFP_KERNEL));
	FACT(xa_load(&xb, 8) == NULL);
	FACT(xa_is_err(xa_store(&xb, 1UL << 40, xa_mk_value(5), GFP_KERNEL)));
	FACT(xa_to_value(xa_load(&xb, 1UL << 40)));
	xa_for_each(&xb, index, e) SAY("index %lx", index);
	xa_set_mark(&xb, 7, XA_MARK_1);
	FACT(xa_get_mark(&xb, 7, XA_MARK_1));
	FACT(xa_marked(&xb, XA_MARK_0));
	index = 8;
	FACT(xa_find(&xb, &index, ULONG_MAX, XA_PRESENT) != NULL);
	FACT(index >> 40);
	FACT(xa_erase(&xb, 7) == &p);
	FACT(xa_erase(&xb, 7) == NULL);
	FACT(xa_cmpxchg(&xb, 9, NULL, p, GFP_KERNEL) == NULL);
	FACT(xa_empty(&xb));
	xa_destroy(&xb);
	xa_destroy(&xa);
}

static void leave(void)
{
}
