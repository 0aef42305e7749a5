/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <asm/page.h>

struct address_space;
struct kmem_cache;

/* What the allocators know of one page of DRAM: 64 bytes. The first page of a block speaks for the block. */
struct page {
	unsigned long flags;
	struct list_head lru; /* free blocks of an order, slabs of a cache, large allocations */
	union {
		struct { /* PAGE_SLAB */
			struct kmem_cache *slab_cache;
			u32 free; /* number of the first free object */
			u32 inuse;
			u64 unused;
		};
		/* Linux's names for what pages are in its page cache; there is none here. */
		struct {
			struct address_space *mapping;
			pgoff_t index;
#ifndef __cplusplus
			unsigned long private;
#endif
		};
		struct {
			unsigned long compound_head;
			dma_addr_t dma_addr;
			unsigned long dma_addr_upper;
		};
		atomic_long_t pp_frag_count;
		struct { /* PAGE_LARGE */
			const void *caller;
			size_t size; /* bytes asked for */
			unsigned long private_data;
		};
	};
	struct page *head; /* for the pages of a compound block behind its first */
	atomic_t _refcount;
	union {
		u32 order;
		unsigned int page_type;
		atomic_t _mapcount;
	};
};

/* Bits of page.flags. */
enum page_use {
	PAGE_BUDDY, /* heads a free block */
	PAGE_SLAB,  /* heads a slab */
	PAGE_LARGE, /* heads an allocation that is too large for a slab */
	PAGE_VMALLOC, /* and is vmalloc's */
};

/* A page, or a block of pages by its first. */
struct folio {
	union {
		struct page page;
#ifndef __cplusplus
		struct {
			unsigned long flags;
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t index;
			void *private;
		};
#endif
	};
};

struct page_frag {
	struct page *page;
	__u32 offset;
	__u32 size;
};

typedef struct {
	unsigned long val;
} swp_entry_t;
typedef unsigned int vm_fault_t;
typedef unsigned long vm_flags_t;

struct file;
struct vm_operations_struct;

/* A range of a program's memory. No program maps any: for drivers that implement mmap. */
struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	unsigned long vm_flags;
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
};

/* A program's memory. There are no programs: for drivers that name its members. */
struct mm_struct {
	struct vm_area_struct *mmap;
	unsigned long mmap_base, task_size, highest_vm_end;
	void *pgd;
	atomic_t mm_users, mm_count;
	int map_count;
	spinlock_t page_table_lock;
	struct rw_semaphore mmap_lock;
	unsigned long hiwater_rss, hiwater_vm, total_vm, locked_vm, data_vm, exec_vm, stack_vm, def_flags;
	atomic64_t pinned_vm;
	spinlock_t arg_lock;
	unsigned long start_code, end_code, start_data, end_data, start_brk, brk, start_stack;
	unsigned long arg_start, arg_end, env_start, env_end;
	unsigned long flags;
	struct task_struct *owner;
	struct file *exe_file;
};

#endif
