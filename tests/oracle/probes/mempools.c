// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Caches and pools: names, constructors, sizes, /proc/slabinfo's answer. */
#include "probe.h"
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

static int made;
static void ctor(void *p)
{
	made++;
}

static void probe(void)
{
	struct kmem_cache *c = kmem_cache_create("oracle_cache", 100, 0, SLAB_HWCACHE_ALIGN, ctor);
	mempool_t *m, *n;
	void *p, *q[4];
	int i;

	FACT(kmem_cache_size(c));
	p = kmem_cache_alloc(c, GFP_KERNEL);
	FACT(made > 0);
	FACT((unsigned long)p % 64);
	kmem_cache_free(c, p);
	FACT(kmem_cache_shrink(c));
	FACT(kmem_cache_alloc_bulk(c, GFP_KERNEL, 4, q));
	kmem_cache_free_bulk(c, 4, q);
	m = mempool_create_slab_pool(2, c);
	FACT(m->min_nr);
	FACT(m->curr_nr);
	p = mempool_alloc(m, GFP_KERNEL);
	FACT(m->curr_nr);
	mempool_free(p, m);
	FACT(mempool_resize(m, 4));
	FACT(m->curr_nr);
	mempool_destroy(m);
	n = mempool_create_kmalloc_pool(1, 64);
	p = mempool_alloc(n, GFP_NOWAIT);
	FACT(p != NULL);
	mempool_free(p, n);
	mempool_destroy(n);
	kmem_cache_destroy(c);
	kmem_cache_destroy(NULL);
	for (i = 0; i < 4; i++) {
		static const size_t sizes[] = {1, 65, 200, 5000};

		p = kmalloc(sizes[i], GFP_KERNEL);
		SAY("kmalloc %zu: ksize %zu", sizes[i], ksize(p));
		kfree(p);
	}
	FACT(ZERO_OR_NULL_PTR(kmalloc(0, GFP_KERNEL)));
	FACT(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	FACT(ksize(ZERO_SIZE_PTR));
	FACT(kmalloc_array(SIZE_MAX, 2, GFP_KERNEL) == NULL);
	FACT(kcalloc(2, SIZE_MAX, GFP_KERNEL) == NULL);
	p = krealloc(NULL, 10, GFP_KERNEL);
	FACT(krealloc(p, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	p = kvmalloc(100000, GFP_KERNEL);
	FACT(p != NULL);
	kvfree(p);
	p = vmalloc(10);
	FACT(p != NULL);
	FACT(PAGE_ALIGNED(p));
	vfree(p);
	FACT(KMALLOC_MAX_SIZE);
	FACT(KMALLOC_MIN_SIZE);
	FACT(PAGE_SIZE);
}

static void leave(void)
{
}
