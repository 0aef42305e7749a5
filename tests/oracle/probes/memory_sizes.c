// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Sizes of memory that is asked for, and what is refused. */
#include "probe.h"

#include <linux/mm.h>
#include <linux/string_helpers.h>
#include <linux/vmalloc.h>

static void said(char *text)
{
	SAY("%s", text);
	kfree(text);
}

static void probe(void)
{
	static const size_t sizes[] = {1, 100, 128, 129, 192, 193, 256, 1000, 4096, 4097, 8192, 8193, 20000};
	struct kmem_cache *cache, *aligned;
	unsigned int i;
	void *p, *q;
	char **strings;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		p = kmalloc(sizes[i], GFP_KERNEL);
		SAY("kmalloc %zu: zero %d, ksize %zu aligned %d", sizes[i], p == ZERO_SIZE_PTR, ksize(p),
		    IS_ALIGNED((unsigned long)p, 128));
		kfree(p);
	}
	FACT(kmalloc_array(SIZE_MAX / 2, 3, GFP_KERNEL) == NULL);
	FACT(kcalloc(0, 5, GFP_KERNEL) == ZERO_SIZE_PTR);
	FACT(array_size(SIZE_MAX, 2) == SIZE_MAX);
	FACT(size_add(SIZE_MAX, 2) == SIZE_MAX);
	FACT(size_sub(1, 2) == SIZE_MAX);
	p = kmalloc(50, GFP_KERNEL | __GFP_ZERO);
	FACT(memchr_inv(p, 0, 50) == NULL);
	q = krealloc(p, 60, GFP_KERNEL);
	FACT(q == p);
	FACT(krealloc(q, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	FACT(krealloc(NULL, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	FACT(ksize(NULL));
	kfree(NULL);
	kfree_sensitive(NULL);
	kvfree(NULL);
	p = kvmalloc(100, GFP_KERNEL);
	FACT(is_vmalloc_addr(p));
	kvfree(p);
	p = vzalloc(10000);
	FACT(is_vmalloc_addr(p));
	FACT(IS_ALIGNED((unsigned long)p, PAGE_SIZE));
	vfree(p);
	FACT(kstrdup(NULL, GFP_KERNEL) == NULL);
	said(kstrndup("abcdef", 3, GFP_KERNEL));
	said(kmemdup_nul("abcdef", 2, GFP_KERNEL));
	said(kstrdup_quotable("a\tb\"", GFP_KERNEL));
	said(kasprintf(GFP_KERNEL, "%d-%s", 5, "x"));
	strings = kasprintf_strarray(GFP_KERNEL, "n", 3);
	SAY("%s", strings[2]);
	kfree_strarray(strings, 3);
	cache = kmem_cache_create("oracle-cache", 40, 0, 0, NULL);
	FACT(kmem_cache_size(cache));
	aligned = kmem_cache_create("oracle-aligned", 40, 64, SLAB_HWCACHE_ALIGN, NULL);
	p = kmem_cache_zalloc(aligned, GFP_KERNEL);
	FACT(IS_ALIGNED((unsigned long)p, 64));
	kmem_cache_free(aligned, p);
	kmem_cache_destroy(cache);
	kmem_cache_destroy(aligned);
	kmem_cache_destroy(NULL);
	FACT(ARCH_KMALLOC_MINALIGN);
	FACT(KMALLOC_MAX_SIZE);
	FACT(get_order(1));
	FACT(get_order(PAGE_SIZE + 1));
	p = (void *)__get_free_pages(GFP_KERNEL, 2);
	FACT(p != NULL);
	free_pages((unsigned long)p, 2);
	free_pages(0, 3);
	FACT(offset_in_page(4097));
	FACT(PAGE_ALIGN(4097));
}

static void leave(void)
{
}
