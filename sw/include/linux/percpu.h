/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/cpumask.h>
#include <linux/gfp_types.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <linux/types.h>

__BEGIN_DECLS
/* Zeroed memory for every CPU, or NULL; up to 32 KiB a CPU. May sleep with GFP_KERNEL. mm/percpu.cpp */
void __percpu *__alloc_percpu(size_t size, size_t align);
void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp);
void free_percpu(void __percpu *ptr);
bool is_kernel_percpu_address(unsigned long addr);
bool __is_kernel_percpu_address(unsigned long addr, unsigned long *can_addr);
phys_addr_t per_cpu_ptr_to_phys(void *addr);
/*
 * Gives the static per-CPU objects of an image (the kernel's, a module's) to the other CPUs: their instances start as
 * copies of what the image holds. `start` must lie below the end of the boot loader's memory.
 */
void percpu_init_static(void *start, size_t size);
void setup_per_cpu_areas(void);
__END_DECLS

#define alloc_percpu_gfp(type, gfp) ((__typeof__(type) __percpu *)__alloc_percpu_gfp(sizeof(type), __alignof__(type), gfp))
#define alloc_percpu(type) ((__typeof__(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))

#endif
