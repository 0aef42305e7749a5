// SPDX-License-Identifier: Apache-2.0
/*
 * KASAN (Linux: mm/kasan/): accesses of instrumented modules are checked against what the allocators know, object by
 * object; no shadow memory is needed for that. Freed objects wait in a quarantine, so that late accesses find them
 * free.
 */
#ifndef MM_KASAN_H
#define MM_KASAN_H

#include <linux/types.h>

struct kmem_cache;
struct page;

extern bool kasan_enabled; // kasan=on

// Where an object was allocated or freed, and by whom: a number for kasan_track_of(). 0 is none.
u16 kasan_save_track(void);

// What slab.cpp knows of an address within a slab.
struct kasan_object {
    const char *cache;
    unsigned int cache_size;
    const void *object;
    size_t size; // bytes asked for
    bool in_use;
    u16 allocated, freed;
};
bool slab_object_of(const struct page *slab, const void *address, struct kasan_object *out);

// A freed object goes to the quarantine, which holds the kasan_quarantine_size last ones, regardless of their sizes;
// what had to leave it for that, if anything, goes back to its slab.
constexpr unsigned kasan_quarantine_size = 256;
struct kasan_freed {
    struct kmem_cache *cache;
    struct page *slab;
    u32 index;
};
void kasan_quarantine(struct kasan_freed *object); // in: the object. out: the one that leaves, or a null cache

// An access of [p, p + size) from `place`: reported if the allocators or a module's globals say that it is none of
// its. What lies outside of DRAM faults by itself. Any context.
void kasan_check(const void *p, size_t size, bool write, const void *place);

// What the compiler says of a module's global (compiler-rt: struct __asan_global).
struct asan_global {
    unsigned long address, size, size_with_redzone;
    const char *name, *module_name;
    unsigned long has_dynamic_init;
    const void *location;
    unsigned long odr_indicator;
};
void kasan_add_globals(const asan_global *array, size_t count);
void kasan_remove_globals(const asan_global *array, size_t count);

#endif
