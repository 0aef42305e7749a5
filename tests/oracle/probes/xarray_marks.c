// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* xarray: marks, limits, cyclic numbers, exchanges, values that are no entries; ida at its borders. */
#include "probe.h"

#include <linux/idr.h>
#include <linux/xarray.h>

static DEFINE_XARRAY_ALLOC(numbers);
static DEFINE_XARRAY(plain);
static DEFINE_XARRAY_ALLOC1(from_one);
static DEFINE_IDA(ida);

static void probe(void)
{
	static int thing;
	unsigned long index;
	u32 id = 99, next = 0;
	void *entry;
	int i;

	FACT(xa_empty(&plain));
	FACT(xa_err(xa_store(&plain, 5, xa_mk_value(50), GFP_KERNEL)));
	FACT(xa_to_value(xa_load(&plain, 5)));
	FACT(xa_load(&plain, 6) == NULL);
	FACT(xa_is_value(xa_load(&plain, 5)));
	FACT(xa_insert(&plain, 5, &thing, GFP_KERNEL));
	FACT(xa_insert(&plain, 1UL << 40, &thing, GFP_KERNEL));
	FACT(xa_to_value(xa_cmpxchg(&plain, 5, xa_mk_value(50), xa_mk_value(51), GFP_KERNEL)));
	FACT(xa_to_value(xa_cmpxchg(&plain, 5, xa_mk_value(50), xa_mk_value(52), GFP_KERNEL)));
	xa_set_mark(&plain, 5, XA_MARK_1);
	xa_set_mark(&plain, 7, XA_MARK_1);
	FACT(xa_get_mark(&plain, 5, XA_MARK_1));
	FACT(xa_get_mark(&plain, 5, XA_MARK_0));
	FACT(xa_get_mark(&plain, 7, XA_MARK_1));
	FACT(xa_marked(&plain, XA_MARK_1));
	FACT(xa_reserve(&plain, 8, GFP_KERNEL));
	FACT(xa_load(&plain, 8) == NULL);
	FACT(xa_empty(&plain));
	xa_release(&plain, 8);
	xa_for_each(&plain, index, entry)
		SAY("index %lu value %d", index, xa_is_value(entry));
	xa_for_each_marked(&plain, index, entry, XA_MARK_1)
		SAY("marked %lu", index);
	index = 6;
	entry = xa_find(&plain, &index, ULONG_MAX, XA_PRESENT);
	SAY("found %lu", index);
	index = 5;
	entry = xa_find_after(&plain, &index, 100, XA_PRESENT);
	FACT(entry == NULL);
	FACT(xa_to_value(xa_erase(&plain, 5)));
	FACT(xa_marked(&plain, XA_MARK_1));
	FACT(xa_erase(&plain, 5) == NULL);
	FACT(xa_err(xa_store(&plain, 3, (void *)2, GFP_KERNEL)));
	xa_destroy(&plain);
	FACT(xa_empty(&plain));

	for (i = 0; i < 3; i++) {
		FACT(xa_alloc(&numbers, &id, &thing, XA_LIMIT(10, 11), GFP_KERNEL));
		FACT(id);
	}
	FACT(xa_alloc(&from_one, &id, &thing, xa_limit_32b, GFP_KERNEL));
	FACT(id);
	for (i = 0; i < 4; i++) {
		FACT(xa_alloc_cyclic(&numbers, &id, &thing, XA_LIMIT(20, 22), &next, GFP_KERNEL));
		FACT(id);
		xa_erase(&numbers, id);
	}
	FACT(next);
	FACT(xa_alloc(&numbers, &id, NULL, XA_LIMIT(30, 31), GFP_KERNEL));
	FACT(xa_load(&numbers, 30) == NULL);
	xa_destroy(&numbers);
	xa_destroy(&from_one);

	FACT(ida_alloc(&ida, GFP_KERNEL));
	FACT(ida_alloc(&ida, GFP_KERNEL));
	FACT(ida_alloc_min(&ida, 5, GFP_KERNEL));
	FACT(ida_alloc_range(&ida, 5, 5, GFP_KERNEL));
	FACT(ida_alloc_max(&ida, 1, GFP_KERNEL));
	FACT(ida_alloc_range(&ida, 1024, 2000, GFP_KERNEL));
	ida_free(&ida, 0);
	FACT(ida_alloc(&ida, GFP_KERNEL));
	FACT(ida_alloc_min(&ida, INT_MAX, GFP_KERNEL));
	FACT(ida_is_empty(&ida));
	ida_destroy(&ida);
	FACT(ida_is_empty(&ida));
}

static void leave(void)
{
}
