/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/cleanup.h>
#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/types.h>

#define SLAB_CONSISTENCY_CHECKS ((slab_flags_t)0x00000100U)
#define SLAB_RED_ZONE ((slab_flags_t)0x00000400U)
#define SLAB_POISON ((slab_flags_t)0x00000800U)
#define SLAB_HWCACHE_ALIGN ((slab_flags_t)0x00002000U)
#define SLAB_CACHE_DMA ((slab_flags_t)0x00004000U)
#define SLAB_STORE_USER ((slab_flags_t)0x00010000U)
#define SLAB_PANIC ((slab_flags_t)0x00040000U)
#define SLAB_TYPESAFE_BY_RCU ((slab_flags_t)0x00080000U)
#define SLAB_MEM_SPREAD ((slab_flags_t)0x00100000U)
#define SLAB_ACCOUNT ((slab_flags_t)0x04000000U)
#define SLAB_RECLAIM_ACCOUNT ((slab_flags_t)0x00020000U)

/* What an allocation of no bytes gives: not NULL, and nothing may be done with it but kfree. */
#define ZERO_SIZE_PTR ((void *)16)
#define ZERO_OR_NULL_PTR(x) ((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

#define ARCH_KMALLOC_MINALIGN 128
#define ARCH_SLAB_MINALIGN 8
#define KMALLOC_MIN_SIZE 128
#define KMALLOC_MAX_CACHE_SIZE (PAGE_SIZE * 2)
#define KMALLOC_MAX_SIZE (PAGE_SIZE << 10)

struct kmem_cache;

__BEGIN_DECLS
/*
 * Memory that is physically contiguous and aligned to 8 bytes (powers of two: to their size). NULL without memory. May
 * sleep when the flags allow it (GFP_KERNEL), any context otherwise. kfree of NULL does nothing, any context. mm/slab.cpp
 */
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
/* For helpers that allocate on somebody's behalf: `caller` is who answers for a leak. */
void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller);
void *kmalloc_array(size_t n, size_t size, gfp_t flags);
void *kcalloc(size_t n, size_t size, gfp_t flags);
void *krealloc(const void *p, size_t size, gfp_t flags);
void *krealloc_array(void *p, size_t n, size_t size, gfp_t flags);
void kfree(const void *p);
void kfree_sensitive(const void *p);
size_t ksize(const void *p);
void kmem_dump_obj(void *object);
/* The size that a kmalloc of `size` bytes really has. */
size_t kmalloc_size_roundup(size_t size);

/* NULL without memory. Destroying a cache that still has objects is reported and leaks it. May sleep. */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align, slab_flags_t flags,
				     void (*ctor)(void *));
void kmem_cache_destroy(struct kmem_cache *cache);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags);
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t flags);
void kmem_cache_free(struct kmem_cache *cache, void *object);
int kmem_cache_alloc_bulk(struct kmem_cache *cache, gfp_t flags, size_t n, void **objects);
void kmem_cache_free_bulk(struct kmem_cache *cache, size_t n, void **objects);
unsigned int kmem_cache_size(struct kmem_cache *cache);
int kmem_cache_shrink(struct kmem_cache *cache);

/* From the slab allocator where it can be, from vmalloc where it is large. */
void *kvmalloc(size_t size, gfp_t flags);
void *kvzalloc(size_t size, gfp_t flags);
void *kvmalloc_array(size_t n, size_t size, gfp_t flags);
void *kvcalloc(size_t n, size_t size, gfp_t flags);
void kvfree(const void *p);
__END_DECLS

#define kmalloc_node(size, flags, node) kmalloc(size, flags)
#define kzalloc_node(size, flags, node) kzalloc(size, flags)
#define kcalloc_node(n, size, flags, node) kcalloc(n, size, flags)
#define kmalloc_array_node(n, size, flags, node) kmalloc_array(n, size, flags)
#define kvmalloc_node(size, flags, node) kvmalloc(size, flags)
#define kvzalloc_node(size, flags, node) kvzalloc(size, flags)
#define kmalloc_track_caller(size, flags) __kmalloc_track_caller(size, flags, _RET_IP_)
#define kmem_cache_alloc_node(cache, flags, node) kmem_cache_alloc(cache, flags)
#define KMEM_CACHE(__struct, __flags)                                                                                  \
	kmem_cache_create(#__struct, sizeof(struct __struct), __alignof__(struct __struct), (__flags), NULL)
#define kmem_cache_create_usercopy(name, size, align, flags, useroffset, usersize, ctor)                               \
	kmem_cache_create(name, size, align, flags, ctor)

#ifndef __cplusplus
DEFINE_FREE(kfree, void *, if (_T) kfree(_T))
#endif

#endif
