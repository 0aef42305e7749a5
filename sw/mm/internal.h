// SPDX-License-Identifier: Apache-2.0
// What the allocators share, and what the module loader asks them.
#ifndef MM_INTERNAL_H
#define MM_INTERNAL_H

#include <linux/mm.h>

// Allocations of more than KMALLOC_MAX_CACHE_SIZE, and those of vmalloc: whole pages with an owner. mm/large.cpp
void *large_alloc(size_t size, gfp_t flags, const void *caller);
void large_free(struct page *page);

// One object that is in use, as slab_for_each_object reports it.
struct slab_object {
    const void *object;
    size_t size;        // bytes asked for
    const void *caller; // who allocated it
    const char *cache;  // "kmalloc-128", ...; "pages" for large ones
};

/*
 * Calls `visit` for every object in use, by cache in the order of their creation, by address within a slab. May be
 * called in any context; `visit` must not allocate or free.
 */
void slab_for_each_object(void (*visit)(const struct slab_object *object, void *data), void *data);
// Reports what the module has freed and written to since.
void slab_check_freed(const struct module *mod);
void large_for_each(void (*visit)(const struct slab_object *object, void *data), void *data);

// The pattern that follows an object or fills a free one, and whether it is still there. They take no simulated time.
// mm/redzone.cpp
void pattern_fill(void *from, unsigned char pattern, size_t bytes);
bool pattern_is_whole(const void *from, unsigned char pattern, size_t bytes);

// Whether the address lies in an object that was given back, or was never given out. Any context.
bool slab_is_free(const void *address);

void slab_init(void);

// CPU 0's memory for alloc_percpu(); the other CPUs' lies in their strides. Found by mm_init.
extern unsigned long percpu_dynamic_start;
constexpr unsigned long percpu_dynamic_size = 8UL << 20; // 30,000 workqueues

#endif
