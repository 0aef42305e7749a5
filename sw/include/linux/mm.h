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
#define offset_in_folio(folio, p) offset_in_page(p)
#define nth_page(page, n) ((page) + (n))

/* vm_area_struct.vm_flags */
#define VM_NONE	      0x00000000
#define VM_READ	      0x00000001
#define VM_WRITE      0x00000002
#define VM_EXEC	      0x00000004
#define VM_SHARED     0x00000008
#define VM_MAYREAD    0x00000010
#define VM_MAYWRITE   0x00000020
#define VM_MAYEXEC    0x00000040
#define VM_MAYSHARE   0x00000080
#define VM_PFNMAP     0x00000400
#define VM_LOCKED     0x00002000
#define VM_IO	      0x00004000
#define VM_DONTCOPY   0x00020000
#define VM_DONTEXPAND 0x00040000
#define VM_DONTDUMP   0x04000000
#define VM_MIXEDMAP   0x10000000

#define VM_FAULT_OOM	0x000001
#define VM_FAULT_SIGBUS 0x000002
#define VM_FAULT_NOPAGE 0x000100
#define VM_FAULT_LOCKED 0x000200

struct vm_fault {
	struct vm_area_struct *vma;
	pgoff_t pgoff;
	unsigned long address;
	unsigned int flags;
	struct page *page;
};

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *area);
	void (*close)(struct vm_area_struct *area);
	int (*may_split)(struct vm_area_struct *area, unsigned long addr);
	int (*mremap)(struct vm_area_struct *area);
	vm_fault_t (*fault)(struct vm_fault *vmf);
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*pfn_mkwrite)(struct vm_fault *vmf);
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf, int len, int write);
	const char *(*name)(struct vm_area_struct *vma);
};

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

__BEGIN_DECLS
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);
bool is_vmalloc_addr(const void *x);
/* There is no program whose memory could be changed: -ENOSYS. */
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn, unsigned long size, pgprot_t prot);
int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff);
__END_DECLS

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

/* What page.flags would keep of where a page is: one node, no sections, two bits for the zone. */
#define SECTIONS_WIDTH 0
#define SECTIONS_PGSHIFT 64
#define SECTIONS_MASK 0UL
#define NODES_WIDTH 0
#define NODES_PGSHIFT 64
#define NODES_MASK 0UL
#define ZONES_WIDTH 2
#define ZONES_PGSHIFT 62
#define ZONES_MASK 3UL
#define LAST_CPUPID_WIDTH 0
#define LAST_CPUPID_PGSHIFT 62
#define LAST_CPUPID_MASK 0UL
#define KASAN_TAG_WIDTH 0
#define KASAN_TAG_PGSHIFT 62
#define KASAN_TAG_MASK 0UL

/* Tells the log what an address is of. Any context. */
__BEGIN_DECLS
void mem_dump_obj(void *object);
long si_mem_available(void);
__END_DECLS

/* Linux's own names for the state of a page, for files of Linux that ask; there is no page cache. */
#if !defined(__cplusplus) && __has_include(<linux/page-flags.h>)
#include <linux/page-flags.h>
#endif

#endif
