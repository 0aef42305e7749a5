/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CACHE_H
#define _LINUX_CACHE_H

#include <linux/compiler_types.h>

/* Cortex-A55: lines of 64 bytes in every level. */
#define L1_CACHE_SHIFT 6
#define L1_CACHE_BYTES (1 << L1_CACHE_SHIFT)
#define SMP_CACHE_BYTES L1_CACHE_BYTES
#define L1_CACHE_ALIGN(x) (((x) + L1_CACHE_BYTES - 1) & ~(L1_CACHE_BYTES - 1))
#define ARCH_DMA_MINALIGN 128
#define ____cacheline_aligned __attribute__((__aligned__(SMP_CACHE_BYTES)))
#define ____cacheline_aligned_in_smp ____cacheline_aligned
#define __cacheline_aligned ____cacheline_aligned
#define __cacheline_aligned_in_smp ____cacheline_aligned
#define ____cacheline_internodealigned_in_smp ____cacheline_aligned
#define __read_mostly
#ifndef __ro_after_init
#define __ro_after_init
#endif
#define CACHELINE_PADDING(name) struct { char x[0]; } name ____cacheline_aligned

static inline int cache_line_size(void)
{
	return L1_CACHE_BYTES;
}

#endif
