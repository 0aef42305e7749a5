/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_MEMORY_H
#define _ASM_MEMORY_H

#include <linux/const.h>
#include <linux/sizes.h>
#include <linux/types.h>
#include <asm/page.h>

__BEGIN_DECLS
/* Where the DRAM starts: as a pointer, and physically. Set by mm_init. */
extern unsigned long memstart_virt;
extern phys_addr_t memstart_addr;
__END_DECLS

#define PAGE_OFFSET memstart_virt
#define PHYS_OFFSET memstart_addr

/* Host code wants more stack than arm64 code does. Naturally aligned. */
#define THREAD_SHIFT 16
#define THREAD_SIZE (UL(1) << THREAD_SHIFT)
#define THREAD_SIZE_ORDER (THREAD_SHIFT - PAGE_SHIFT)
#define THREAD_ALIGN THREAD_SIZE
#define IRQ_STACK_SIZE THREAD_SIZE

#define __pa(x) ((phys_addr_t)((unsigned long)(x) - PAGE_OFFSET + PHYS_OFFSET))
#define __va(x) ((void *)((unsigned long)(x) - PHYS_OFFSET + PAGE_OFFSET))

#endif
