// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Allocations: sizes, zero, NULL, caches. */
#include "probe.h"
#include <linux/mm.h>
#include <linux/vmalloc.h>

static void ctor(void *x)
{
	*(int *)x = 77;
}

static void probe(void)
{
	struct kmem_cache *c = kmem_cache_create("oracle_cache", 40, 0, SLAB_HWCACHE_ALIGN, ctor);
	void *p = kmalloc(100, GFP_KERNEL), *q;
	int *o = kmem_cache_alloc(c, GFP_KERNEL);

	FACT(ksize(p));
	q = krealloc(p, 120, GFP_KERNEL);
	FACT(q == p);
	kfree(q);
	FACT(ZERO_OR_NULL_PTR(kmalloc(0, GFP_KERNEL)));
	FACT(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	kfree(NULL);
	FACT(*o);
	FACT(kmem_cache_size(c));
	kmem_cache_free(c, o);
	kmem_cache_destroy(c);
	FACT(kmalloc_array(1UL << 40, 1UL << 40, GFP_KERNEL) == NULL);
	p = kvmalloc(100, GFP_KERNEL);
	FACT(is_vmalloc_addr(p));
	kvfree(p);
	p = vmalloc(5000);
	FACT(is_vmalloc_addr(p));
	FACT(offset_in_page(p));
	vfree(p);
	p = (void *)__get_free_page(GFP_KERNEL | __GFP_ZERO);
	FACT(offset_in_page(p));
	FACT(*(char *)p);
	free_page((unsigned long)p);
	p = kmemdup("abc", 4, GFP_KERNEL);
	SAY("%s", (char *)p);
	kfree(p);
	FACT(PAGE_SIZE);
	FACT(PAGE_SHIFT);
	FACT(KMALLOC_MAX_SIZE > 4096);
	FACT(ARCH_KMALLOC_MINALIGN);
	FACT(L1_CACHE_BYTES);
	FACT(GFP_KERNEL);
	FACT(GFP_ATOMIC);
}

static void leave(void)
{
}
