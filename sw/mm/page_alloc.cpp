// SPDX-License-Identifier: Apache-2.0
/*
 * The page allocator: buddies over the DRAM that the boot loader left free. What lies below that (images, and the
 * places of their per-CPU data in the strides of the CPUs) is never touched here. Of the rest, a piece at the start of
 * each stride of PERCPU_STRIDE is kept for alloc_percpu(), whose objects need the same place in the stride of every
 * CPU; the array of struct page stands at the end.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "kernel/init.h"
#include "mm/internal.h"
#include "mm/sanitize.h"
#include "port/kernel.h"

struct page *mem_map;
EXPORT_SYMBOL(mem_map);
unsigned long max_mapnr;
EXPORT_SYMBOL(max_mapnr);
unsigned long memstart_virt;
EXPORT_SYMBOL(memstart_virt);
phys_addr_t memstart_addr;
EXPORT_SYMBOL(memstart_addr);

namespace {

constexpr unsigned int orders = 13; // blocks of up to 16 MiB

DEFINE_RAW_SPINLOCK(zone_lock);
struct list_head free_area[orders];
unsigned long free_pages_total;
unsigned long managed_pages;

unsigned long index_of(const struct page *page) {
    return page - mem_map;
}

bool is_free_block(const struct page *page, unsigned int order) {
    return test_bit(PAGE_BUDDY, &page->flags) && page->order == order;
}

void insert_block(struct page *page, unsigned int order) {
    page->order = order;
    __set_bit(PAGE_BUDDY, &page->flags);
    list_add(&page->lru, &free_area[order]);
}

void remove_block(struct page *page) {
    list_del(&page->lru);
    __clear_bit(PAGE_BUDDY, &page->flags);
}

void free_block(struct page *page, unsigned int order) {
    unsigned long index = index_of(page);

    free_pages_total += 1UL << order;
    for (; order < orders - 1; order++) {
        unsigned long buddy = index ^ (1UL << order);

        if (buddy + (1UL << order) > max_mapnr || !is_free_block(mem_map + buddy, order))
            break;
        remove_block(mem_map + buddy);
        index &= buddy;
    }
    insert_block(mem_map + index, order);
}

struct page *take_block(unsigned int order) {
    unsigned int found = order;

    while (found < orders && list_empty(&free_area[found]))
        found++;
    if (found == orders)
        return NULL;
    struct page *page = list_first_entry(&free_area[found], struct page, lru);
    remove_block(page);
    // The upper halves go back.
    while (found > order) {
        found--;
        insert_block(page + (1UL << found), found);
    }
    free_pages_total -= 1UL << order;
    return page;
}

// The largest block that may begin at a page: its number is a multiple of the size.
unsigned int largest_order_at(unsigned long page) {
    return min(static_cast<unsigned int>(__ffs(page | 1UL << (orders - 1))), orders - 1);
}

// Pages [start, end) as the largest aligned blocks.
void add_range(unsigned long start, unsigned long end) {
    for (unsigned long page = start, size; page < end; page += size) {
        const auto fits = static_cast<unsigned int>(__fls(end - page));
        const unsigned int order = min(largest_order_at(page), fits);

        size = 1UL << order;
        free_block(mem_map + page, order);
        managed_pages += size;
    }
}

void report_exhausted(gfp_t gfp, unsigned int order) {
    if (gfp & __GFP_NOWARN)
        return;
    pr_warn("page allocation failure: order:%u, mode:%#x\n", order, gfp);
    dump_stack();
}

} // namespace

void mm_init(void) {
    const struct port_boot *boot = port_boot_info();

    if (mem_map)
        return;
    memstart_addr = boot->dram_base;
    memstart_virt = reinterpret_cast<unsigned long>(port_va(boot->dram_base));
    for (struct list_head &list : free_area)
        INIT_LIST_HEAD(&list);

    unsigned long pages = boot->dram_size >> PAGE_SHIFT;
    mem_map = reinterpret_cast<struct page *>(memstart_virt + boot->dram_size - pages * sizeof(struct page));
    mem_map = PTR_ALIGN_DOWN(mem_map, PAGE_SIZE);
    max_mapnr = pages;

    unsigned long first = PAGE_ALIGN(boot->free_base - boot->dram_base) >> PAGE_SHIFT;
    unsigned long end = (reinterpret_cast<unsigned long>(mem_map) - memstart_virt) >> PAGE_SHIFT;
    unsigned long hole = percpu_dynamic_size >> PAGE_SHIFT, stride = PERCPU_STRIDE >> PAGE_SHIFT;
    percpu_dynamic_start = memstart_virt + (first << PAGE_SHIFT);
    // How many CPUs there are is not known yet: the strides of all that there may be keep their holes.
    unsigned long base = first;
    for (unsigned int cpu = 0; cpu < boot->most_cpus && base < end; cpu++, base += stride)
        add_range(min(base + hole, end), min(base + stride, end));
    add_range(min(base, end), end);
    slab_init();
}

struct page *alloc_pages(gfp_t gfp, unsigned int order) {
    unsigned long flags;

    if (gfpflags_allow_blocking(gfp))
        __might_sleep("include/linux/sched/mm.h", 274);
    if (unlikely(!mem_map))
        mm_init();
    if (order >= orders) {
        report_exhausted(gfp, order);
        return NULL;
    }
    raw_spin_lock_irqsave(&zone_lock, flags);
    struct page *page = take_block(order);
    raw_spin_unlock_irqrestore(&zone_lock, flags);
    if (!page) {
        report_exhausted(gfp, order);
        return NULL;
    }

    memory_is_used(page_address(page), PAGE_SIZE << order);
    page->order = order;
    page->head = NULL;
    page->flags = 0;
    atomic_set(&page->_refcount, 1);
    if (gfp & __GFP_COMP)
        for (unsigned long i = 1; i < 1UL << order; i++)
            page[i].head = page;
    if (gfp & __GFP_ZERO)
        memset(page_address(page), 0, PAGE_SIZE << order);
    return page;
}
EXPORT_SYMBOL(alloc_pages);

void __free_pages(struct page *page, unsigned int order) {
    unsigned long flags;

    if (WARN(test_bit(PAGE_BUDDY, &page->flags) || atomic_read(&page->_refcount) == 0,
             "BUG: Bad page state: page of %px is free already\n", page_address(page)))
        return;
    if (!atomic_dec_and_test(&page->_refcount))
        return;
    for (unsigned long i = 1; i < 1UL << order && page[i].head; i++)
        page[i].head = NULL;
    memory_is_free(page_address(page), PAGE_SIZE << order);
    raw_spin_lock_irqsave(&zone_lock, flags);
    free_block(page, order);
    raw_spin_unlock_irqrestore(&zone_lock, flags);
}
EXPORT_SYMBOL(__free_pages);

unsigned long __get_free_pages(gfp_t gfp, unsigned int order) {
    struct page *page = alloc_pages(gfp, order);

    return page ? reinterpret_cast<unsigned long>(page_address(page)) : 0;
}
EXPORT_SYMBOL(__get_free_pages);

unsigned long get_zeroed_page(gfp_t gfp) {
    return __get_free_pages(gfp | __GFP_ZERO, 0);
}
EXPORT_SYMBOL(get_zeroed_page);

void free_pages(unsigned long addr, unsigned int order) {
    if (addr)
        __free_pages(virt_to_page(addr), order);
}
EXPORT_SYMBOL(free_pages);

void *alloc_pages_exact(size_t size, gfp_t gfp) {
    return reinterpret_cast<void *>(__get_free_pages(gfp, get_order(size)));
}
EXPORT_SYMBOL(alloc_pages_exact);

void free_pages_exact(void *virt, size_t size) {
    free_pages(reinterpret_cast<unsigned long>(virt), get_order(size));
}
EXPORT_SYMBOL(free_pages_exact);

unsigned long nr_free_pages(void) {
    return READ_ONCE(free_pages_total);
}

unsigned long totalram_pages(void) {
    return managed_pages;
}
