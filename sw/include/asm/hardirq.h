/* SPDX-License-Identifier: Apache-2.0 */
/* What interrupts count per CPU (Linux: asm-generic/hardirq.h). */
#ifndef __ASM_HARDIRQ_H
#define __ASM_HARDIRQ_H

#include <linux/cache.h>
#include <linux/percpu-defs.h>

typedef struct {
	unsigned int __softirq_pending; /* a bit for each raised softirq; this CPU only, interrupts masked */
} ____cacheline_aligned irq_cpustat_t;

__BEGIN_DECLS
DECLARE_PER_CPU_ALIGNED(irq_cpustat_t, irq_stat);
__END_DECLS

#endif
