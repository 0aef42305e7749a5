/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/types.h>

struct kmem_cache;

/* What the allocators know of one page of DRAM: 64 bytes. The first page of a block speaks for the block. */
struct page {
	unsigned long flags;
	struct list_head lru; /* free blocks of an order, slabs of a cache, large allocations */
	union {
		struct { /* PG_slab */
			struct kmem_cache *slab_cache;
			u32 free; /* number of the first free object */
			u32 inuse;
			u64 unused;
		};
		struct { /* PG_large */
			const void *caller;
			size_t size; /* bytes asked for */
			unsigned long private_data;
		};
	};
	struct page *head; /* for the pages of a compound block behind its first */
	atomic_t _refcount;
	u32 order;
};

enum pageflags {
	PG_buddy, /* heads a free block */
	PG_slab,  /* heads a slab */
	PG_large, /* heads an allocation that is too large for a slab */
};

struct mm_struct;
struct vm_area_struct;

#endif
