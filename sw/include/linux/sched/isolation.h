/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SCHED_ISOLATION_H
#define _LINUX_SCHED_ISOLATION_H
#include <linux/sched.h>
#include <linux/smp.h>

enum hk_type {
	HK_TYPE_TIMER,
	HK_TYPE_RCU,
	HK_TYPE_MISC,
	HK_TYPE_SCHED,
	HK_TYPE_TICK,
	HK_TYPE_DOMAIN,
	HK_TYPE_WQ,
	HK_TYPE_MANAGED_IRQ,
	HK_TYPE_KTHREAD,
	HK_TYPE_MAX
};

/* No CPU is isolated here: every CPU does everybody's chores. */
static inline const struct cpumask *housekeeping_cpumask(enum hk_type type)
{
	return cpu_possible_mask;
}

static inline bool housekeeping_enabled(enum hk_type type)
{
	return false;
}

static inline bool housekeeping_test_cpu(int cpu, enum hk_type type)
{
	return true;
}

static inline bool housekeeping_cpu(int cpu, enum hk_type type)
{
	return true;
}

static inline int housekeeping_any_cpu(enum hk_type type)
{
	return (int)raw_smp_processor_id();
}

static inline void housekeeping_affine(struct task_struct *t, enum hk_type type)
{
}

#endif
