/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

#include <linux/compiler.h>
#include "port/kernel.h"

/*
 * The barriers of arm64 (arch/arm64/include/asm/barrier.h). Cores take turns, so what they order is ordered already; the
 * compiler must be held back, the core pays for the instruction, and DSB waits for posted device writes.
 */
static inline void mb(void)
{
	barrier();
	port_dsb();
	barrier();
}

#define rmb() mb()
#define wmb() mb()

static inline void smp_mb(void)
{
	barrier();
	port_dmb();
	barrier();
}

#define smp_rmb() smp_mb()
#define smp_wmb() smp_mb()
#define __smp_mb() smp_mb()
#define __smp_rmb() smp_mb()
#define __smp_wmb() smp_mb()
#define dma_mb() smp_mb()
#define dma_rmb() smp_mb()
#define dma_wmb() smp_mb()
#define io_stop_wc() ((void)0)
#define virt_mb() smp_mb()
#define virt_rmb() smp_mb()
#define virt_wmb() smp_mb()
#define pmem_wmb() mb()
#define isb() port_isb()
#define dsb(scope) mb()
#define dmb(scope) smp_mb()

#define smp_mb__before_atomic() smp_mb()
#define smp_mb__after_atomic() smp_mb()
#define smp_mb__after_spinlock() smp_mb()
#define smp_acquire__after_ctrl_dep() barrier()

/* STLR and LDAR, for every type of 1, 2, 4 or 8 bytes. */
#define smp_store_release(p, v)                                                                                        \
	do {                                                                                                           \
		__unqual_scalar_typeof(*(p)) ___v = (v);                                                               \
		__atomic_store((p), &___v, __ATOMIC_RELEASE);                                                          \
		barrier();                                                                                             \
	} while (0)
#define smp_load_acquire(p)                                                                                            \
	({                                                                                                             \
		__unqual_scalar_typeof(*(p)) ___v;                                                                     \
		__atomic_load((p), &___v, __ATOMIC_ACQUIRE);                                                           \
		barrier();                                                                                             \
		___v;                                                                                                  \
	})
#define smp_store_mb(var, value)                                                                                       \
	do {                                                                                                           \
		WRITE_ONCE(var, value);                                                                                \
		smp_mb();                                                                                              \
	} while (0)
#define __smp_store_release(p, v) smp_store_release(p, v)
#define __smp_load_acquire(p) smp_load_acquire(p)

/* Polls; between two looks simulated time goes on to the next moment at which the value can have changed. */
#define smp_cond_load_relaxed(ptr, cond_expr)                                                                          \
	({                                                                                                             \
		__unqual_scalar_typeof(*(ptr)) VAL;                                                                    \
		const volatile __typeof__(VAL) *__polled = (ptr);                                                      \
		while (VAL = *__polled, !(cond_expr))                                                                  \
			port_relax();                                                                                  \
		VAL;                                                                                                   \
	})
#define smp_cond_load_acquire(ptr, cond_expr) smp_cond_load_relaxed(ptr, cond_expr)

#endif
