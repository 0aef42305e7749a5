// SPDX-License-Identifier: Apache-2.0
// What an address within a slab is: for checks, which only look. This unit goes without block costs.
#include "mm/internal.h"
#include "mm/kasan.h"
#include "mm/slab_internal.h"

using namespace slab_layout;

bool slab_object_of(const struct page *slab, const void *address, struct kasan_object *out) {
    const struct kmem_cache *cache = slab->slab_cache;
    const u32 index = min(index_of(cache, slab, address), cache->objects - 1); // behind the last: out of its bounds
    const record *r = records(cache, slab) + index;

    if (!r->allocated_by)
        return false; // it never was anything
    *out = {cache->name,   cache->object_size, object_at(cache, slab, index), r->size, r->in_use,
            r->allocation, r->release};
    return true;
}

bool slab_is_free(const void *address) {
    if (!virt_addr_valid(address))
        return false;
    const struct page *page = virt_to_head_page(address);
    if (!test_bit(PAGE_SLAB, &page->flags))
        return test_bit(PAGE_BUDDY, &page->flags);
    const u32 index = index_of(page->slab_cache, page, address);
    return index < page->slab_cache->objects && !records(page->slab_cache, page)[index].in_use;
}
