// SPDX-License-Identifier: Apache-2.0
/*
 * Caches of objects of one size. A slab is a compound page: objects from its start, one record for each at its end. The
 * record, not the object, links the free ones and remembers who allocated and who freed it, so a write after free
 * cannot harm the allocator, and a second free is seen for what it is.
 */
#include <linux/bug.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "kernel/fault_inject.h"
#include "mm/internal.h"
#include "mm/kasan.h"
#include "mm/sanitize.h"
#include "port/order.h"

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

namespace {

constexpr u32 no_object = ~0u;

struct record {
    const void *allocated_by;
    const void *freed_by;
    u32 size; // bytes asked for
    u32 next; // free objects: the next one
    bool in_use;
    u16 allocation, release; // kasan_save_track()
};

constexpr int kmalloc_classes = 7; // 128, 256, ... 8192
struct kmem_cache kmalloc_caches[kmalloc_classes];
const char *const kmalloc_names[kmalloc_classes] = {"kmalloc-128", "kmalloc-256", "kmalloc-512", "kmalloc-1k",
                                                    "kmalloc-2k",  "kmalloc-4k",  "kmalloc-8k"};
DEFINE_RAW_SPINLOCK(cache_list_lock);
LIST_HEAD(cache_list);

bool check_redzone = true; // what follows the bytes that were asked for is marked and looked at
bool poison_free = false;  // slub_debug=P: free objects are filled and looked at

record *records(const struct kmem_cache *cache, const struct page *slab) {
    return reinterpret_cast<record *>(static_cast<char *>(page_address(slab)) + (PAGE_SIZE << cache->order)) -
           cache->objects;
}

char *object_at(const struct kmem_cache *cache, const struct page *slab, u32 index) {
    return static_cast<char *>(page_address(slab)) + static_cast<size_t>(index) * cache->size;
}

u32 index_of(const struct kmem_cache *cache, const struct page *slab, const void *object) {
    u64 offset = static_cast<const char *>(object) - static_cast<char *>(page_address(slab));

    return static_cast<u32>((offset * cache->reciprocal) >> 32);
}

unsigned int redzone_size(const struct kmem_cache *cache, u32 size) {
    return min(cache->size - size, static_cast<u32>(sizeof(u64)));
}

void report(const struct kmem_cache *cache, const void *object, const record *r, const char *what) {
    pr_err("=============================================================================\n");
    pr_err("BUG %s (%s): %s\n", cache->name, print_tainted(), what);
    pr_err("-----------------------------------------------------------------------------\n");
    pr_err("Object 0x%px, %u bytes\n", object, r ? r->size : cache->object_size);
    if (r && r->allocated_by)
        pr_err("Allocated in %pS\n", r->allocated_by);
    if (r && r->freed_by)
        pr_err("Freed in %pS\n", r->freed_by);
    dump_stack();
    report_defect("BUG %s: %s", cache->name, what);
    add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

// What a constructor has made is there while the object is free, and RCU's readers may look at it.
bool stays_readable(const struct kmem_cache *cache) {
    return cache->ctor || cache->flags & SLAB_TYPESAFE_BY_RCU;
}

struct page *new_slab(struct kmem_cache *cache, gfp_t flags) {
    struct page *slab = alloc_pages((flags & ~__GFP_ZERO) | __GFP_COMP, cache->order);

    if (!slab)
        return NULL;
    __set_bit(PAGE_SLAB, &slab->flags);
    slab->slab_cache = cache;
    slab->free = 0;
    slab->inuse = 0;
    record *r = records(cache, slab);
    for (u32 i = 0; i < cache->objects; i++) {
        r[i] = {};
        r[i].next = i + 1 < cache->objects ? i + 1 : no_object;
        if (cache->ctor)
            cache->ctor(object_at(cache, slab, i));
        else if (poison_free)
            memset(object_at(cache, slab, i), POISON_FREE, cache->size);
        if (!stays_readable(cache))
            memory_is_free(object_at(cache, slab, i), cache->size);
    }
    return slab;
}

void *allocate(struct kmem_cache *cache, gfp_t flags, size_t size, const void *caller) {
    unsigned long irq_flags;

    if (gfpflags_allow_blocking(flags))
        __might_sleep("include/linux/sched/mm.h", 274);
    if (!(flags & __GFP_NOFAIL) && should_fail(FAULT_kmalloc))
        return NULL;
    raw_spin_lock_irqsave(&cache->lock, irq_flags);
    if (unlikely(list_empty(&cache->partial))) {
        raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
        struct page *fresh = new_slab(cache, flags);
        if (!fresh)
            return NULL;
        raw_spin_lock_irqsave(&cache->lock, irq_flags);
        list_add(&fresh->lru, &cache->partial);
    }
    struct page *slab = list_first_entry(&cache->partial, struct page, lru);
    u32 index = slab->free;
    record *r = records(cache, slab) + index;
    slab->free = r->next;
    slab->inuse++;
    if (slab->free == no_object)
        list_move(&slab->lru, &cache->full);
    r->in_use = true;
    r->allocated_by = caller;
    if (unlikely(kasan_enabled))
        r->allocation = kasan_save_track(), r->release = 0;
    r->size = static_cast<u32>(size);
    raw_spin_unlock_irqrestore(&cache->lock, irq_flags);

    char *object = object_at(cache, slab, index);
    memory_is_used(object, cache->size);
    if (unlikely(poison_free) && !cache->ctor && memchr_inv(object, POISON_FREE, cache->size))
        report(cache, object, r, "Poison overwritten");
    if (flags & __GFP_ZERO)
        memset(object, 0, size);
    if (check_redzone)
        memset(object + size, SLUB_RED_ACTIVE, redzone_size(cache, r->size));
    memory_is_free(object + size, cache->size - size);
    return object;
}

// An object that leaves the quarantine can be had again.
void give_back(const kasan_freed &object) {
    kmem_cache *const cache = object.cache;
    page *const slab = object.slab;
    unsigned long irq_flags;

    raw_spin_lock_irqsave(&cache->lock, irq_flags);
    records(cache, slab)[object.index].next = slab->free;
    if (slab->free == no_object)
        list_move_tail(&slab->lru, &cache->partial);
    slab->free = object.index;
    slab->inuse--; // an empty slab stays: with KASAN nobody counts pages
    raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
}

void release(struct kmem_cache *cache, struct page *slab, void *object, const void *caller) {
    u32 index = index_of(cache, slab, object);
    unsigned long irq_flags;

    if (unlikely(index >= cache->objects || object_at(cache, slab, index) != object))
        return report(cache, object, NULL, "Invalid object pointer");
    record *r = records(cache, slab) + index;
    if (r->in_use) {
        port_order(ORDER_memory_free, object, r->size, nullptr);
        debug_check_no_obj_freed(object, r->size);
        if (unlikely(lockdep_active))
            debug_check_no_locks_freed(object, r->size);
    }
    if (r->in_use)
        memory_is_used(object, cache->size);
    if (check_redzone && r->in_use &&
        memchr_inv(static_cast<char *>(object) + r->size, SLUB_RED_ACTIVE, redzone_size(cache, r->size)))
        report(cache, object, r, "Right Redzone overwritten");
    if (unlikely(poison_free) && !cache->ctor && r->in_use)
        memset(object, POISON_FREE, cache->size);
    if (!stays_readable(cache))
        memory_is_free(object, cache->size);

    raw_spin_lock_irqsave(&cache->lock, irq_flags);
    bool twice = !r->in_use;
    struct page *empty = NULL;
    if (unlikely(kasan_enabled && !twice)) {
        r->in_use = false;
        r->freed_by = caller;
        r->release = kasan_save_track();
        raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
        kasan_freed leaves = {cache, slab, index};
        kasan_quarantine(&leaves);
        return leaves.cache ? give_back(leaves) : void();
    }
    if (likely(!twice)) {
        r->in_use = false;
        r->freed_by = caller;
        r->next = slab->free;
        if (slab->free == no_object)
            list_move_tail(&slab->lru, &cache->partial);
        slab->free = index;
        // One empty slab stays for the next allocation.
        if (!--slab->inuse && !list_is_singular(&cache->partial)) {
            list_del(&slab->lru);
            empty = slab;
        }
    }
    raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
    if (unlikely(twice))
        report(cache, object, r, "Object already free");
    if (empty) {
        __clear_bit(PAGE_SLAB, &empty->flags);
        __free_pages(empty, cache->order);
    }
}

void init_cache(struct kmem_cache *cache, const char *name, unsigned int size, unsigned int align, slab_flags_t flags,
                void (*ctor)(void *)) {
    raw_spin_lock_init(&cache->lock);
    cache->name = name;
    cache->object_size = size;
    cache->flags = flags;
    cache->ctor = ctor;
    align = max(align, static_cast<unsigned int>(ARCH_SLAB_MINALIGN));
    if (flags & SLAB_HWCACHE_ALIGN)
        align = max(align, static_cast<unsigned int>(L1_CACHE_BYTES));
    cache->size = ALIGN(max(size, 1u), align);
    // Enough objects that a slab is rarely needed, without large blocks.
    cache->order = 0;
    while (cache->order < 4 && (PAGE_SIZE << cache->order) / (cache->size + sizeof(record)) < 8)
        cache->order++;
    while ((PAGE_SIZE << cache->order) < cache->size + sizeof(record))
        cache->order++;
    cache->objects = static_cast<u32>((PAGE_SIZE << cache->order) / (cache->size + sizeof(record)));
    cache->reciprocal = static_cast<u32>(((1ULL << 32) + cache->size - 1) / cache->size);
    INIT_LIST_HEAD(&cache->partial);
    INIT_LIST_HEAD(&cache->full);
    unsigned long irq_flags;
    raw_spin_lock_irqsave(&cache_list_lock, irq_flags);
    list_add_tail(&cache->list, &cache_list);
    raw_spin_unlock_irqrestore(&cache_list_lock, irq_flags);
}

struct kmem_cache *kmalloc_cache(size_t size) {
    return &kmalloc_caches[size <= KMALLOC_MIN_SIZE ? 0 : fls64(size - 1) - 7];
}

void *kmalloc_for(size_t size, gfp_t flags, const void *caller) {
    if (unlikely(!size))
        return ZERO_SIZE_PTR;
    if (unlikely(!mem_map))
        mm_init();
    if (unlikely(size > KMALLOC_MAX_CACHE_SIZE))
        return size > KMALLOC_MAX_SIZE ? NULL : large_alloc(size, flags, caller);
    return allocate(kmalloc_cache(size), flags, size, caller);
}

void kfree_for(const void *p, const void *caller) {
    if (ZERO_OR_NULL_PTR(p))
        return;
    struct page *page = virt_addr_valid(p) ? virt_to_head_page(p) : NULL;
    if (likely(page && test_bit(PAGE_SLAB, &page->flags)))
        release(page->slab_cache, page, const_cast<void *>(p), caller);
    else if (page && test_bit(PAGE_LARGE, &page->flags) && page_address(page) == p)
        large_free(page);
    else
        WARN(1, "object pointer: 0x%px\n", p);
}

void visit_slab(struct kmem_cache *cache, struct page *slab,
                void (*visit)(const struct slab_object *object, void *data), void *data) {
    const record *r = records(cache, slab);

    for (u32 i = 0; i < cache->objects; i++) {
        if (!r[i].in_use)
            continue;
        struct slab_object object = {object_at(cache, slab, i), r[i].size, r[i].allocated_by, cache->name};
        visit(&object, data);
    }
}

int __init set_slub_debug(char *arg) {
    if (!arg || !*arg)
        arg = const_cast<char *>("FZP");
    check_redzone = strchr(arg, 'Z') != NULL;
    poison_free = strchr(arg, 'P') != NULL;
    return 0;
}
early_param("slub_debug", set_slub_debug);

int __init set_debug(char *arg) {
    if (arg && !strcmp(arg, "off"))
        check_redzone = false;
    return 0;
}
early_param("debug", set_debug);

} // namespace

bool slab_object_of(const struct page *slab, const void *address, struct kasan_object *out) {
    const struct kmem_cache *cache = slab->slab_cache;
    const u32 index = min(index_of(cache, slab, address), cache->objects - 1); // behind the last: out of its bounds
    const record *r = records(cache, slab) + index;

    if (!r->allocated_by)
        return false; // it never was anything
    *out = {cache->name, cache->size, object_at(cache, slab, index), r->size, r->in_use, r->allocation, r->release};
    return true;
}

void slab_init(void) {
    for (int i = 0; i < kmalloc_classes; i++) {
        unsigned int size = KMALLOC_MIN_SIZE << i;

        init_cache(&kmalloc_caches[i], kmalloc_names[i], size, size, 0, NULL);
    }
}

void slab_for_each_object(void (*visit)(const struct slab_object *object, void *data), void *data) {
    struct kmem_cache *cache;
    struct page *slab;
    unsigned long irq_flags;

    list_for_each_entry (cache, &cache_list, list) {
        raw_spin_lock_irqsave(&cache->lock, irq_flags);
        list_for_each_entry (slab, &cache->full, lru)
            visit_slab(cache, slab, visit, data);
        list_for_each_entry (slab, &cache->partial, lru)
            visit_slab(cache, slab, visit, data);
        raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
    }
    large_for_each(visit, data);
}

void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller) {
    return kmalloc_for(size, flags, reinterpret_cast<const void *>(caller));
}
EXPORT_SYMBOL(__kmalloc_track_caller);

void *kmalloc(size_t size, gfp_t flags) {
    return kmalloc_for(size, flags, __builtin_return_address(0));
}
EXPORT_SYMBOL(kmalloc);

void *kzalloc(size_t size, gfp_t flags) {
    return kmalloc_for(size, flags | __GFP_ZERO, __builtin_return_address(0));
}
EXPORT_SYMBOL(kzalloc);

void *kmalloc_array(size_t n, size_t size, gfp_t flags) {
    return kmalloc_for(size_mul(n, size), flags, __builtin_return_address(0));
}
EXPORT_SYMBOL(kmalloc_array);

void *kcalloc(size_t n, size_t size, gfp_t flags) {
    return kmalloc_for(size_mul(n, size), flags | __GFP_ZERO, __builtin_return_address(0));
}
EXPORT_SYMBOL(kcalloc);

void kfree(const void *p) {
    kfree_for(p, __builtin_return_address(0));
}
EXPORT_SYMBOL(kfree);

void kfree_sensitive(const void *p) {
    if (!ZERO_OR_NULL_PTR(p))
        memzero_explicit(const_cast<void *>(p), ksize(p));
    kfree_for(p, __builtin_return_address(0));
}
EXPORT_SYMBOL(kfree_sensitive);

// What was asked for: the rest of the object belongs to the redzone.
size_t ksize(const void *p) {
    if (ZERO_OR_NULL_PTR(p))
        return 0;
    struct page *page = virt_to_head_page(p);
    if (test_bit(PAGE_LARGE, &page->flags))
        return page->size;
    struct kmem_cache *cache = page->slab_cache;
    return records(cache, page)[index_of(cache, page, p)].size;
}
EXPORT_SYMBOL(ksize);

size_t kmalloc_size_roundup(size_t size) {
    if (!size)
        return 0;
    return size > KMALLOC_MAX_CACHE_SIZE ? PAGE_SIZE << get_order(size) : kmalloc_cache(size)->size;
}
EXPORT_SYMBOL(kmalloc_size_roundup);

void *krealloc(const void *p, size_t size, gfp_t flags) {
    const void *caller = __builtin_return_address(0);
    void *fresh = size ? kmalloc_for(size, flags, caller) : ZERO_SIZE_PTR;
    const size_t kept = ZERO_OR_NULL_PTR(p) ? 0 : min(ksize(p), size);
    if (fresh && kept)
        memcpy(fresh, p, kept);
    if (fresh) // else the old one stays
        kfree_for(p, caller);
    return fresh;
}
EXPORT_SYMBOL(krealloc);

void *krealloc_array(void *p, size_t n, size_t size, gfp_t flags) {
    size_t bytes = size_mul(n, size);

    return bytes == SIZE_MAX ? NULL : krealloc(p, bytes, flags);
}
EXPORT_SYMBOL(krealloc_array);

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align, slab_flags_t flags,
                                     void (*ctor)(void *)) {
    const void *caller = __builtin_return_address(0);
    size_t length = strlen(name) + 1;
    // The name follows the cache: the module that gave it may be gone before the cache is.
    struct kmem_cache *cache =
        static_cast<struct kmem_cache *>(kmalloc_for(sizeof(*cache) + length, GFP_KERNEL | __GFP_ZERO, caller));

    if (!cache) {
        if (flags & SLAB_PANIC)
            panic("%s: Failed to create slab '%s'. Error %d\n", __func__, name, -ENOMEM);
        return NULL;
    }
    char *copy = reinterpret_cast<char *>(cache + 1);
    memcpy(copy, name, length);
    init_cache(cache, copy, size, align, flags, ctor);
    return cache;
}
EXPORT_SYMBOL(kmem_cache_create);

void kmem_cache_destroy(struct kmem_cache *cache) {
    struct page *slab, *next;
    unsigned long irq_flags;

    if (!cache)
        return;
    for (unsigned i = 0; kasan_enabled && i < 256; i++) { // the quarantine may hold objects of it
        kasan_freed leaves = {};
        kasan_quarantine(&leaves);
        if (leaves.cache)
            give_back(leaves);
    }
    bool busy = !list_empty(&cache->full);
    list_for_each_entry (slab, &cache->partial, lru)
        busy |= slab->inuse != 0;
    if (busy) {
        WARN(1, "%s %s: Slab cache still has objects when called from %pS", __func__, cache->name,
             __builtin_return_address(0));
        return;
    }
    raw_spin_lock_irqsave(&cache_list_lock, irq_flags);
    list_del(&cache->list);
    raw_spin_unlock_irqrestore(&cache_list_lock, irq_flags);
    list_for_each_entry_safe (slab, next, &cache->partial, lru) {
        list_del(&slab->lru);
        __clear_bit(PAGE_SLAB, &slab->flags);
        __free_pages(slab, cache->order);
    }
    kfree_for(cache, __builtin_return_address(0));
}
EXPORT_SYMBOL(kmem_cache_destroy);

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags) {
    return allocate(cache, flags, cache->object_size, __builtin_return_address(0));
}
EXPORT_SYMBOL(kmem_cache_alloc);

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t flags) {
    return allocate(cache, flags | __GFP_ZERO, cache->object_size, __builtin_return_address(0));
}
EXPORT_SYMBOL(kmem_cache_zalloc);

void kmem_cache_free(struct kmem_cache *cache, void *object) {
    if (!object)
        return;
    struct page *slab = virt_addr_valid(object) ? virt_to_head_page(object) : NULL;
    if (WARN(!slab || !test_bit(PAGE_SLAB, &slab->flags) || slab->slab_cache != cache,
             "cache_from_obj: Wrong slab cache. %s but object is from %s\n", cache->name,
             slab && test_bit(PAGE_SLAB, &slab->flags) ? slab->slab_cache->name : "no cache"))
        return;
    release(cache, slab, object, __builtin_return_address(0));
}
EXPORT_SYMBOL(kmem_cache_free);

int kmem_cache_alloc_bulk(struct kmem_cache *cache, gfp_t flags, size_t n, void **objects) {
    const void *caller = __builtin_return_address(0);
    void **next = objects, **const end = objects + n;
    for (; next != end && (*next = allocate(cache, flags, cache->object_size, caller)); next++) {
    }
    const bool all = next == end;
    if (!all)
        kmem_cache_free_bulk(cache, next - objects, objects);
    return all ? static_cast<int>(n) : 0;
}
EXPORT_SYMBOL(kmem_cache_alloc_bulk);

void kmem_cache_free_bulk(struct kmem_cache *cache, size_t n, void **objects) {
    for (size_t i = 0; i < n; i++)
        kmem_cache_free(cache, objects[i]);
}
EXPORT_SYMBOL(kmem_cache_free_bulk);

unsigned int kmem_cache_size(struct kmem_cache *cache) {
    return cache->object_size;
}
EXPORT_SYMBOL(kmem_cache_size);

int kmem_cache_shrink(struct kmem_cache *cache) {
    return 0;
}
EXPORT_SYMBOL(kmem_cache_shrink);
