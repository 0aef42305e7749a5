/* SPDX-License-Identifier: Apache-2.0 */
/* Pools that keep elements back for when memory is short (Linux's include/linux/mempool.h). */
#ifndef _LINUX_MEMPOOL_H
#define _LINUX_MEMPOOL_H

#include <linux/slab.h>
#include <linux/wait.h>

struct kmem_cache;

typedef void *(mempool_alloc_t)(gfp_t gfp_mask, void *pool_data);
typedef void(mempool_free_t)(void *element, void *pool_data);

typedef struct mempool_s {
	spinlock_t lock;
	int min_nr; /* so many are kept back */
	int curr_nr; /* of which these are there now */
	void **elements;
	void *pool_data;
	mempool_alloc_t *alloc;
	mempool_free_t *free;
	wait_queue_head_t wait;
} mempool_t;

__BEGIN_DECLS
/* NULL without memory. May sleep. */
mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn, void *pool_data);
/* Another number to keep back: 0 or -ENOMEM. May sleep. */
int mempool_resize(mempool_t *pool, int new_min_nr);
/* All elements have been given back. May sleep. */
void mempool_destroy(mempool_t *pool);
/* With a gfp that may sleep it waits for an element, and never fails. */
void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask);
void mempool_free(void *element, mempool_t *pool);

/* Elements of a cache (pool_data), or of kmalloc() (pool_data: bytes). */
void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data);
void mempool_free_slab(void *element, void *pool_data);
void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data);
void mempool_kfree(void *element, void *pool_data);
__END_DECLS

#define mempool_create_slab_pool(min_nr, kc) mempool_create(min_nr, mempool_alloc_slab, mempool_free_slab, (void *)(kc))
#define mempool_create_kmalloc_pool(min_nr, size)                                                                      \
	mempool_create(min_nr, mempool_kmalloc, mempool_kfree, (void *)(size_t)(size))
#endif
