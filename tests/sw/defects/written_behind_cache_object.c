// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Right Redzone overwritten
#include "defect.h"

static struct kmem_cache *cache;

static int __init defect_init(void)
{
	volatile char *p;
	int last = 63;

	cache = kmem_cache_create("defect", 64, 0, SLAB_HWCACHE_ALIGN, NULL);
	if (!cache)
		return -ENOMEM;
	p = kmem_cache_alloc(cache, GFP_KERNEL);
#ifndef CORRECT
	last++;
#endif
	if (p)
		p[last] = 1;
	kmem_cache_free(cache, (void *)p); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	kmem_cache_destroy(cache);
}

module_init(defect_init);
module_exit(defect_exit);
