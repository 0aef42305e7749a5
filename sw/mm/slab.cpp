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
#include "kernel/module/leaks.h"
#include "kernel/oops.h"
#include "lib/ranges.h"
#include "mm/internal.h"
#include "mm/kasan.h"
#include "mm/sanitize.h"
#include "mm/slab_internal.h"
#include "port/order.h"

using namespace slab_layout;

namespace {

constexpr u32 no_object = ~0u;
constexpr u32 redzone_least = sizeof(u64), redzone_most = 64; // bytes

constexpr int kmalloc_classes = 7; // 128, 256, ... 8192
struct kmem_cache kmalloc_caches[kmalloc_classes];
const char *const kmalloc_names[kmalloc_classes] = {"kmalloc-128", "kmalloc-256", "kmalloc-512", "kmalloc-1k",
                                                    "kmalloc-2k",  "kmalloc-4k",  "kmalloc-8k"};
DEFINE_RAW_SPINLOCK(cache_list_lock);
LIST_HEAD(cache_list);

bool check_redzone = true; // what follows the bytes that were asked for is marked and looked at
bool poison_free = false;  // slub_debug=P: from the boot on, else from the first module on

// What follows the `size` bytes that were asked for, up to the next object, belongs to nothing; so much of it is looked
// at.
unsigned int redzone_size(const struct kmem_cache *cache, u32 size) {
    return min(cache->size - size, redzone_most);
}

// `code`: whose line stands for it; null: the stack says.
void report(enum port_finding kind, const struct kmem_cache *cache, const void *object, const record *r,
            const char *what, const void *code = NULL) {
    pr_err("=============================================================================\n");
    pr_err("BUG %s (%s): %s\n", cache->name, print_tainted(), what);
    pr_err("-----------------------------------------------------------------------------\n");
    pr_err("Object 0x%px, %u bytes\n", object, r ? r->size : cache->object_size);
    if (r && r->allocated_by)
        pr_err("Allocated in %pS\n", r->allocated_by);
    if (r && r->freed_by)
        pr_err("Freed in %pS\n", r->freed_by);
    dump_stack();
    report_finding_at(kind, code, "BUG %s: %s", cache->name, what);
    add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

// The driver's code that had an object and gave it back; null: it was the kernel's.
const void *driver_of(const record &r) {
    const void *code = address_of_module(r.freed_by) ? r.freed_by : r.allocated_by;

    return address_of_module(code) ? static_cast<const char *>(code) - 1 : NULL;
}

// What a constructor has made is there while the object is free, and RCU's readers may look at it.
bool stays_readable(const struct kmem_cache *cache) {
    return cache->ctor || cache->flags & SLAB_TYPESAFE_BY_RCU;
}

// Objects are filled when they are freed: what a driver does with them then shows, its own and those that the kernel
// had for it.
bool wants_poison(const struct kmem_cache *cache) {
    return !stays_readable(cache) && !kasan_enabled &&
           (unlikely(poison_free) || (check_redzone && debug_objects_watched));
}

void poison(const struct kmem_cache *cache, record *r, void *object) {
    pattern_fill(object, POISON_FREE, cache->object_size);
    r->poisoned = true;
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
            poison(cache, &r[i], object_at(cache, slab, i));
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
    const record before = *r;
    r->in_use = true;
    r->allocated_by = caller;
    if (unlikely(kasan_enabled))
        r->allocation = kasan_save_track(), r->release = 0;
    r->size = static_cast<u32>(size);
    raw_spin_unlock_irqrestore(&cache->lock, irq_flags);

    char *object = object_at(cache, slab, index);
    memory_is_used(object, cache->size);
    if (unlikely(r->poisoned) && !pattern_is_whole(object, POISON_FREE, cache->object_size))
        report(FINDING_memory_after_free, cache, object, &before, "Poison overwritten", driver_of(before));
    r->poisoned = false;
    if (flags & __GFP_ZERO)
        memset(object, 0, size);
    if (check_redzone)
        pattern_fill(object + size, SLUB_RED_ACTIVE, redzone_size(cache, r->size));
    memory_is_free(object + size, cache->size - size);
    return object;
}

// What may be used of an object from now on.
size_t resize(struct kmem_cache *cache, struct page *slab, void *object, size_t size) {
    records(cache, slab)[index_of(cache, slab, object)].size = static_cast<u32>(size);
    memory_is_used(object, cache->size);
    if (check_redzone)
        memset(static_cast<char *>(object) + size, SLUB_RED_ACTIVE, redzone_size(cache, static_cast<u32>(size)));
    memory_is_free(static_cast<char *>(object) + size, cache->size - size);
    return size;
}

size_t asked_for(const void *p) {
    struct page *page = virt_to_head_page(p);
    return test_bit(PAGE_LARGE, &page->flags)
               ? page->size
               : records(page->slab_cache, page)[index_of(page->slab_cache, page, p)].size;
}

// Room for another size is where the object is, if that is the place for such sizes or a larger one.
bool keeps_place(const void *p, size_t size, gfp_t flags) {
    if (ZERO_OR_NULL_PTR(p) || test_bit(PAGE_LARGE, &virt_to_head_page(p)->flags))
        return false;
    struct page *slab = virt_to_head_page(p);
    if (size > slab->slab_cache->size)
        return false;
    const size_t before = asked_for(p);
    resize(slab->slab_cache, slab, const_cast<void *>(p), size);
    if (flags & __GFP_ZERO && size > before)
        memset(static_cast<char *>(const_cast<void *>(p)) + before, 0, size - before);
    return true;
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
    slab->inuse--; // an empty slab stays: with KASAN pages are not counted
    raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
}

void release(struct kmem_cache *cache, struct page *slab, void *object, const void *caller) {
    u32 index = index_of(cache, slab, object);
    unsigned long irq_flags;

    if (unlikely(index >= cache->objects || object_at(cache, slab, index) != object))
        return report(FINDING_memory_freed_twice, cache, object, NULL, "Invalid object pointer");
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
        !pattern_is_whole(static_cast<char *>(object) + r->size, SLUB_RED_ACTIVE, redzone_size(cache, r->size)))
        report(FINDING_memory_beyond, cache, object, r, "Right Redzone overwritten");
    if (r->in_use && wants_poison(cache))
        poison(cache, r, object);
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
        report(FINDING_memory_freed_twice, cache, object, r, "Object already free");
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
    // Each object has a red zone, those as large as the cache too.
    cache->size = ALIGN(max(size, 1u) + (check_redzone ? redzone_least : 0), align);
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
    else if (page && test_bit(PAGE_LARGE, &page->flags) && !test_bit(PAGE_VMALLOC, &page->flags) &&
             page_address(page) == p)
        large_free(page);
    else
        WARN(defect_is(FINDING_bad_free), "object pointer: 0x%px\n", p);
}

// An object that the module freed and that was written to since, or one that it has left, and that was written beyond.
// The pattern is laid anew, so that it is told once.
struct written {
    const struct kmem_cache *cache;
    char *object;
    const record *what;
};

bool is_harmed(const struct module *mod, struct kmem_cache *cache, record *r, char *object) {
    if (!r->in_use) {
        if (!r->poisoned || !module_owns(mod, r->freed_by) || pattern_is_whole(object, POISON_FREE, cache->object_size))
            return false;
        poison(cache, r, object);
        return true;
    }
    const u32 zone = redzone_size(cache, r->size);
    if (!check_redzone || !module_owns(mod, r->allocated_by) ||
        pattern_is_whole(object + r->size, SLUB_RED_ACTIVE, zone))
        return false;
    pattern_fill(object + r->size, SLUB_RED_ACTIVE, zone);
    return true;
}

bool is_written(const struct module *mod, struct kmem_cache *cache, struct page *slab, written *out) {
    record *r = records(cache, slab);

    for (u32 i = 0; i < cache->objects; i++) {
        char *const object = object_at(cache, slab, i);
        if (!is_harmed(mod, cache, &r[i], object))
            continue;
        *out = {cache, object, &r[i]};
        return true;
    }
    return false;
}

// The next one, in the order of caches and addresses.
bool find_written(const struct module *mod, written *out) {
    struct kmem_cache *cache;
    struct page *slab;
    unsigned long irq_flags;
    bool found = false;

    list_for_each_entry (cache, &cache_list, list) {
        raw_spin_lock_irqsave(&cache->lock, irq_flags);
        for (struct list_head *slabs : these(&cache->partial, &cache->full))
            list_for_each_entry (slab, slabs, lru)
                if (!found)
                    found = is_written(mod, cache, slab, out);
        raw_spin_unlock_irqrestore(&cache->lock, irq_flags);
        if (found)
            break;
    }
    return found;
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

void slab_check_freed(const struct module *mod) {
    written w;

    while (find_written(mod, &w)) {
        const void *const site = w.what->in_use ? w.what->allocated_by : w.what->freed_by;
        report(w.what->in_use ? FINDING_memory_beyond : FINDING_memory_after_free, w.cache, w.object, w.what,
               w.what->in_use ? "Right Redzone overwritten" : "Poison overwritten",
               static_cast<const char *>(site) - 1);
    }
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
    if (!ZERO_OR_NULL_PTR(p)) {
        const struct page *page = virt_to_head_page(p);
        memzero_explicit(const_cast<void *>(p), test_bit(PAGE_LARGE, &page->flags) ? page->size : ksize(p));
    }
    kfree_for(p, __builtin_return_address(0));
}
EXPORT_SYMBOL(kfree_sensitive);

// Of an object: what was asked for, since the rest belongs to the redzone. Of whole pages: these.
size_t ksize(const void *p) {
    if (ZERO_OR_NULL_PTR(p))
        return 0;
    struct page *page = virt_to_head_page(p);
    if (test_bit(PAGE_LARGE, &page->flags))
        return PAGE_SIZE << get_order(page->size);
    struct kmem_cache *cache = page->slab_cache;
    return resize(cache, page, const_cast<void *>(p), cache->object_size);
}
EXPORT_SYMBOL(ksize);

size_t kmalloc_size_roundup(size_t size) {
    if (!size)
        return 0;
    return size > KMALLOC_MAX_CACHE_SIZE ? PAGE_SIZE << get_order(size) : kmalloc_cache(size)->object_size;
}
EXPORT_SYMBOL(kmalloc_size_roundup);

void *krealloc(const void *p, size_t size, gfp_t flags) {
    const void *caller = __builtin_return_address(0);
    if (size && keeps_place(p, size, flags))
        return const_cast<void *>(p);
    void *fresh = size ? kmalloc_for(size, flags, caller) : ZERO_SIZE_PTR;
    const size_t kept = ZERO_OR_NULL_PTR(p) ? 0 : min(asked_for(p), size);
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
