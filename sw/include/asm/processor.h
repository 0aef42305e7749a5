/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/memory.h>
#include "port/kernel.h"

/* YIELD: the polling CPU gives simulated time to what it waits for. */
static inline void cpu_relax(void)
{
	barrier();
	port_relax();
	barrier();
}

#define cpu_relax_yield() cpu_relax()
#define prefetch(x) __builtin_prefetch(x)
#define prefetchw(x) __builtin_prefetch(x, 1)
#define spin_lock_prefetch(x) __builtin_prefetch(x, 1)

struct task_struct;

#endif
