// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Slab cache still has objects
#include "defect.h"

static struct kmem_cache *cache;
static void *object;

static int __init defect_init(void)
{
	cache = kmem_cache_create("defect", 100, 0, 0, NULL);
	object = cache ? kmem_cache_alloc(cache, GFP_KERNEL) : NULL;
	return 0;
}

static void __exit defect_exit(void)
{
#ifndef CORRECT
#else
	kmem_cache_free(cache, object);
#endif
	kmem_cache_destroy(cache); /* here */
}

module_init(defect_init);
module_exit(defect_exit);
