/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm_types.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/types.h>
#include <asm/memory.h>
#include <asm/page.h>

__BEGIN_DECLS
extern struct page *mem_map;
extern unsigned long max_mapnr;
/* Takes over the DRAM that the boot loader left free. Called once, by start_kernel. */
void mm_init(void);
unsigned long nr_free_pages(void);
unsigned long totalram_pages(void);
__END_DECLS

/* Pages are counted from the start of the DRAM. */
#define virt_to_page(addr) (mem_map + (((unsigned long)(addr) - PAGE_OFFSET) >> PAGE_SHIFT))
#define page_to_virt(page) ((void *)(PAGE_OFFSET + ((unsigned long)((page)-mem_map) << PAGE_SHIFT)))
#define page_address(page) page_to_virt(page)
#define page_to_pfn(page) ((unsigned long)((page)-mem_map) + (PHYS_OFFSET >> PAGE_SHIFT))
#define pfn_to_page(pfn) (mem_map + ((pfn) - (PHYS_OFFSET >> PAGE_SHIFT)))
#define page_to_phys(page) ((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define virt_addr_valid(addr) ((unsigned long)(addr) - PAGE_OFFSET < max_mapnr << PAGE_SHIFT)
#define offset_in_folio(p) offset_in_page(p)

static inline struct page *compound_head(struct page *page)
{
	return page->head ? page->head : page;
}

static inline struct page *virt_to_head_page(const void *x)
{
	return compound_head(virt_to_page(x));
}

static inline int page_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}

static inline void get_page(struct page *page)
{
	atomic_inc(&compound_head(page)->_refcount);
}

static inline void put_page(struct page *page)
{
	page = compound_head(page);
	if (atomic_dec_and_test(&page->_refcount)) {
		atomic_set(&page->_refcount, 1);
		__free_pages(page, page->order);
	}
}

#endif
