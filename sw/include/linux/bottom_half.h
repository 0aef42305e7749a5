/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keeping softirqs from this CPU (Linux: include/linux/bottom_half.h). Nests; also disables preemption. Not in hard
 * interrupts. The outermost enable runs what became pending meanwhile.
 */
#ifndef _LINUX_BH_H
#define _LINUX_BH_H

#include <asm/hardirq.h>
#include <linux/compiler.h>
#include <linux/instruction_pointer.h>
#include <linux/preempt.h>

__BEGIN_DECLS
void __local_bh_disable_ip(unsigned long ip, unsigned int cnt);
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt);
/* Enables without running pending softirqs: for callers with interrupts off, or about to do it themselves. */
void _local_bh_enable(void);
__END_DECLS

static inline void local_bh_disable(void)
{
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_DISABLE_OFFSET);
}

static inline void local_bh_enable_ip(unsigned long ip)
{
	__local_bh_enable_ip(ip, SOFTIRQ_DISABLE_OFFSET);
}

static inline void local_bh_enable(void)
{
	__local_bh_enable_ip(_RET_IP_, SOFTIRQ_DISABLE_OFFSET);
}

static inline bool local_bh_blocked(void)
{
	return false;
}

#endif
