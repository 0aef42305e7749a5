/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System sleep, as drivers see it (Linux 6.1, include/linux/suspend.h). The simulated system does not suspend devices; a
 * notifier hears of what /sys/power/state begins and ends.
 */
#ifndef _LINUX_SUSPEND_H
#define _LINUX_SUSPEND_H

#include <linux/errno.h>
#include <linux/freezer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/notifier.h>
#include <linux/pm.h>

typedef int suspend_state_t;

#define PM_SUSPEND_ON	   ((suspend_state_t)0)
#define PM_SUSPEND_TO_IDLE ((suspend_state_t)1)
#define PM_SUSPEND_STANDBY ((suspend_state_t)2)
#define PM_SUSPEND_MEM	   ((suspend_state_t)3)
#define PM_SUSPEND_MIN	   PM_SUSPEND_TO_IDLE
#define PM_SUSPEND_MAX	   ((suspend_state_t)4)

/* What a notifier is told. */
#define PM_HIBERNATION_PREPARE 0x0001
#define PM_POST_HIBERNATION    0x0002
#define PM_SUSPEND_PREPARE     0x0003
#define PM_POST_SUSPEND	       0x0004
#define PM_RESTORE_PREPARE     0x0005
#define PM_POST_RESTORE	       0x0006

struct platform_suspend_ops {
	int (*valid)(suspend_state_t state);
	int (*begin)(suspend_state_t state);
	int (*prepare)(void);
	int (*prepare_late)(void);
	int (*enter)(suspend_state_t state);
	void (*wake)(void);
	void (*finish)(void);
	bool (*suspend_again)(void);
	void (*end)(void);
	void (*recover)(void);
};

__BEGIN_DECLS
extern suspend_state_t pm_suspend_target_state;
/* May sleep. */
int register_pm_notifier(struct notifier_block *nb);
int unregister_pm_notifier(struct notifier_block *nb);
__END_DECLS

#define pm_notifier(fn, pri)                                                                    \
	{                                                                                       \
		static struct notifier_block fn##_nb = { .notifier_call = fn, .priority = pri }; \
		register_pm_notifier(&fn##_nb);                                                 \
	}

/* Never kept: there is no platform that could sleep. */
static inline void suspend_set_ops(const struct platform_suspend_ops *ops)
{
}

static inline int suspend_valid_only_mem(suspend_state_t state)
{
	return state == PM_SUSPEND_MEM;
}

static inline void pm_wakeup_clear(unsigned int irq_number)
{
}

static inline int pm_suspend(suspend_state_t state)
{
	return -ENOSYS;
}

/* What is only ever so while a system sleeps or wakes up. */
#define __PM_NEVER(name)                                             \
	static inline bool name(void)                                \
	{                                                            \
		return false;                                        \
	}
__PM_NEVER(pm_wakeup_pending)
__PM_NEVER(pm_suspend_default_s2idle)
__PM_NEVER(pm_suspend_via_firmware)
__PM_NEVER(pm_resume_via_firmware)
#undef __PM_NEVER

#endif
