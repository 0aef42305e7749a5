// SPDX-License-Identifier: Apache-2.0
// Allocations of whole pages that know who made them: kmalloc above the largest slab, and vmalloc, whose memory is
// contiguous here because nothing translates addresses.
#include <linux/bug.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

#include "kernel/fault_inject.h"
#include "mm/internal.h"
#include "port/order.h"

namespace {

DEFINE_RAW_SPINLOCK(large_lock);
LIST_HEAD(large_list);

} // namespace

void *large_alloc(size_t size, gfp_t flags, const void *caller) {
    unsigned long irq_flags;

    if (size > SIZE_MAX / 2)
        return NULL;
    if (!(flags & __GFP_NOFAIL) && should_fail(FAULT_kmalloc))
        return NULL;
    struct page *page = alloc_pages(flags | __GFP_COMP, get_order(size));
    if (!page)
        return NULL;
    page->caller = caller;
    page->size = size;
    __set_bit(PAGE_LARGE, &page->flags);
    raw_spin_lock_irqsave(&large_lock, irq_flags);
    list_add_tail(&page->lru, &large_list);
    raw_spin_unlock_irqrestore(&large_lock, irq_flags);
    return page_address(page);
}

void large_free(struct page *page) {
    unsigned long irq_flags;

    port_order(ORDER_memory_free, page_address(page), page->size, nullptr);
    debug_check_no_obj_freed(page_address(page), page->size);
    if (unlikely(lockdep_active))
        debug_check_no_locks_freed(page_address(page), page->size);
    raw_spin_lock_irqsave(&large_lock, irq_flags);
    list_del(&page->lru);
    raw_spin_unlock_irqrestore(&large_lock, irq_flags);
    __clear_bit(PAGE_LARGE, &page->flags);
    __clear_bit(PAGE_VMALLOC, &page->flags);
    __free_pages(page, page->order);
}

void large_for_each(void (*visit)(const struct slab_object *object, void *data), void *data) {
    unsigned long irq_flags;
    struct page *page;

    raw_spin_lock_irqsave(&large_lock, irq_flags);
    list_for_each_entry (page, &large_list, lru) {
        struct slab_object object = {page_address(page), page->size, page->caller, "pages"};
        visit(&object, data);
    }
    raw_spin_unlock_irqrestore(&large_lock, irq_flags);
}

// Memory of vmalloc's goes back by vfree() alone.
static void *vmalloc_for(size_t size, gfp_t flags, const void *caller) {
    void *const memory = size ? large_alloc(size, flags, caller) : NULL;

    if (memory)
        __set_bit(PAGE_VMALLOC, &virt_to_page(memory)->flags);
    return memory;
}

void *vmalloc(unsigned long size) {
    return vmalloc_for(size, GFP_KERNEL, __builtin_return_address(0));
}
EXPORT_SYMBOL(vmalloc);

void *vzalloc(unsigned long size) {
    return vmalloc_for(size, GFP_KERNEL | __GFP_ZERO, __builtin_return_address(0));
}
EXPORT_SYMBOL(vzalloc);

void *vmalloc_user(unsigned long size) {
    return vmalloc_for(size, GFP_KERNEL | __GFP_ZERO, __builtin_return_address(0));
}
EXPORT_SYMBOL(vmalloc_user);

void *vmalloc_array(size_t n, size_t size) {
    return vmalloc_for(size_mul(n, size), GFP_KERNEL, __builtin_return_address(0));
}
EXPORT_SYMBOL(vmalloc_array);

void *vcalloc(size_t n, size_t size) {
    return vmalloc_for(size_mul(n, size), GFP_KERNEL | __GFP_ZERO, __builtin_return_address(0));
}
EXPORT_SYMBOL(vcalloc);

void *__vmalloc(unsigned long size, gfp_t gfp) {
    return vmalloc_for(size, gfp, __builtin_return_address(0));
}
EXPORT_SYMBOL(__vmalloc);

bool is_vmalloc_addr(const void *x) {
    return virt_addr_valid(x) && test_bit(PAGE_VMALLOC, &virt_to_head_page(x)->flags);
}
EXPORT_SYMBOL(is_vmalloc_addr);

// Large allocations lie where their pages are: addresses and pages go together.
struct page *vmalloc_to_page(const void *addr) {
    return is_vmalloc_addr(addr) ? virt_to_page(addr) : nullptr;
}
EXPORT_SYMBOL(vmalloc_to_page);

unsigned long vmalloc_to_pfn(const void *addr) {
    return page_to_pfn(vmalloc_to_page(addr));
}
EXPORT_SYMBOL(vmalloc_to_pfn);

void vfree(const void *addr) {
    if (!addr)
        return;
    if (WARN(!PAGE_ALIGNED(addr), "Trying to vfree() bad address (%px)\n", addr))
        return;
    if (WARN(!is_vmalloc_addr(addr), "Trying to vfree() nonexistent vm area (%px)\n", addr))
        return;
    large_free(virt_to_page(addr));
}
EXPORT_SYMBOL(vfree);
