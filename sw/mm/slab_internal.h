// SPDX-License-Identifier: Apache-2.0
// How a slab looks, for slab.cpp, which changes it, and slab_lookup.cpp, which only looks.
#ifndef MM_SLAB_INTERNAL_H
#define MM_SLAB_INTERNAL_H

#include <linux/list.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct kmem_cache {
    raw_spinlock_t lock;
    unsigned int object_size; // bytes asked for at creation
    unsigned int size;        // distance from one object to the next
    unsigned int objects;     // in a slab
    unsigned int order;       // of a slab
    u32 reciprocal;           // of size: n / size = (n * reciprocal) >> 32 for offsets within a slab
    slab_flags_t flags;
    void (*ctor)(void *);
    const char *name;
    struct list_head partial; // slabs with a free object
    struct list_head full;
    struct list_head list; // of all caches
};

namespace slab_layout {

struct record {
    const void *allocated_by;
    const void *freed_by;
    u32 size; // bytes asked for
    u32 next; // free objects: the next one
    bool in_use;
    bool poisoned;           // free, and filled with the pattern
    u16 allocation, release; // kasan_save_track()
};

static inline record *records(const struct kmem_cache *cache, const struct page *slab) {
    return reinterpret_cast<record *>(static_cast<char *>(page_address(slab)) + (PAGE_SIZE << cache->order)) -
           cache->objects;
}

static inline char *object_at(const struct kmem_cache *cache, const struct page *slab, u32 index) {
    return static_cast<char *>(page_address(slab)) + static_cast<size_t>(index) * cache->size;
}

static inline u32 index_of(const struct kmem_cache *cache, const struct page *slab, const void *object) {
    u64 offset = static_cast<const char *>(object) - static_cast<char *>(page_address(slab));

    return static_cast<u32>((offset * cache->reciprocal) >> 32);
}

} // namespace slab_layout

#endif
