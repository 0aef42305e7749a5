/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>
#include <asm/page.h>

__BEGIN_DECLS
/* Large memory, page by page; NULL without it. May sleep. vfree also from interrupts. mm/vmalloc.cpp */
void *vmalloc(unsigned long size);
void *vzalloc(unsigned long size);
void *vmalloc_user(unsigned long size);
void *vmalloc_array(size_t n, size_t size);
void *vcalloc(size_t n, size_t size);
void *__vmalloc(unsigned long size, gfp_t gfp);
void vfree(const void *addr);
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);
bool is_vmalloc_addr(const void *x);
__END_DECLS

#define vmalloc_node(size, node) vmalloc(size)
#define vzalloc_node(size, node) vzalloc(size)
#define vmalloc_32(size) vmalloc(size)

#define __vmalloc_node(size, align, gfp, node, caller) __vmalloc(size, gfp)
#define vmalloc_huge(size, gfp) __vmalloc(size, gfp)
#define vmalloc_32_user(size) vmalloc_user(size)

#endif
