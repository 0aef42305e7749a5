/* SPDX-License-Identifier: Apache-2.0 */
/* Runtime power management: every device is always on, as with CONFIG_PM=n (Linux 6.1, include/linux/pm_runtime.h). */
#ifndef _LINUX_PM_RUNTIME_H
#define _LINUX_PM_RUNTIME_H

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/pm.h>

#define __RUNTIME_DEV_PM_OPS(suspend_fn, resume_fn, idle_fn)                                   \
	{                                                                                      \
		SYSTEM_SLEEP_PM_OPS(pm_runtime_force_suspend, pm_runtime_force_resume)         \
		RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn)                                 \
	}
#define DEFINE_RUNTIME_DEV_PM_OPS(name, suspend_fn, resume_fn, idle_fn) \
	const struct dev_pm_ops name = __RUNTIME_DEV_PM_OPS(suspend_fn, resume_fn, idle_fn)
#define EXPORT_RUNTIME_DEV_PM_OPS(name, suspend_fn, resume_fn, idle_fn) \
	EXPORT_DEV_PM_OPS(name) = __RUNTIME_DEV_PM_OPS(suspend_fn, resume_fn, idle_fn)
#define EXPORT_GPL_RUNTIME_DEV_PM_OPS(name, suspend_fn, resume_fn, idle_fn) \
	EXPORT_GPL_DEV_PM_OPS(name) = __RUNTIME_DEV_PM_OPS(suspend_fn, resume_fn, idle_fn)
#define EXPORT_NS_RUNTIME_DEV_PM_OPS(name, suspend_fn, resume_fn, idle_fn, ns) \
	EXPORT_NS_DEV_PM_OPS(name, ns) = __RUNTIME_DEV_PM_OPS(suspend_fn, resume_fn, idle_fn)
#define EXPORT_NS_GPL_RUNTIME_DEV_PM_OPS(name, suspend_fn, resume_fn, idle_fn, ns) \
	EXPORT_NS_GPL_DEV_PM_OPS(name, ns) = __RUNTIME_DEV_PM_OPS(suspend_fn, resume_fn, idle_fn)

/* What each function gives for a device that is always on; rows with one answer stand together. */
#define __PM_ON_GIVES(type, answer, name, more...)                   \
	static inline type name(struct device *dev, ##more)          \
	{                                                            \
		return answer;                                       \
	}
#define __PM_ON_IGNORES(name, more...)                               \
	static inline void name(struct device *dev, ##more)          \
	{                                                            \
	}

__PM_ON_IGNORES(pm_runtime_allow)
__PM_ON_IGNORES(pm_runtime_disable)
__PM_ON_IGNORES(pm_runtime_dont_use_autosuspend)
__PM_ON_IGNORES(pm_runtime_enable)
__PM_ON_IGNORES(pm_runtime_forbid)
__PM_ON_IGNORES(pm_runtime_get_noresume)
__PM_ON_IGNORES(pm_runtime_get_suppliers)
__PM_ON_IGNORES(pm_runtime_irq_safe)
__PM_ON_IGNORES(pm_runtime_mark_last_busy)
__PM_ON_IGNORES(pm_runtime_no_callbacks)
__PM_ON_IGNORES(pm_runtime_put_noidle)
__PM_ON_IGNORES(pm_runtime_put_suppliers)
__PM_ON_IGNORES(pm_runtime_set_autosuspend_delay, int delay)
__PM_ON_IGNORES(pm_runtime_set_suspended)
__PM_ON_IGNORES(pm_runtime_use_autosuspend)
__PM_ON_IGNORES(pm_suspend_ignore_children, bool enable)

__PM_ON_GIVES(int, 0, devm_pm_runtime_enable)
__PM_ON_GIVES(int, 0, devm_pm_runtime_get_noresume)
__PM_ON_GIVES(int, 0, devm_pm_runtime_set_active_enabled)
__PM_ON_GIVES(int, 0, pm_runtime_barrier)
__PM_ON_GIVES(int, 0, pm_runtime_force_resume)
__PM_ON_GIVES(int, 0, pm_runtime_force_suspend)
__PM_ON_GIVES(int, 0, pm_runtime_put)
__PM_ON_GIVES(int, 0, pm_runtime_put_autosuspend)
__PM_ON_GIVES(int, 0, pm_runtime_put_sync)
__PM_ON_GIVES(int, 0, pm_runtime_resume_and_get)
__PM_ON_GIVES(int, 0, pm_runtime_set_active)

__PM_ON_GIVES(int, 1, pm_request_resume)
__PM_ON_GIVES(int, 1, pm_runtime_get)
__PM_ON_GIVES(int, 1, pm_runtime_get_sync)
__PM_ON_GIVES(int, 1, pm_runtime_resume)

__PM_ON_GIVES(bool, false, pm_runtime_enabled)
__PM_ON_GIVES(bool, false, pm_runtime_has_no_callbacks)
__PM_ON_GIVES(bool, false, pm_runtime_is_irq_safe)
__PM_ON_GIVES(bool, false, pm_runtime_status_suspended)
__PM_ON_GIVES(bool, false, pm_runtime_suspended)

__PM_ON_GIVES(bool, true, pm_runtime_active)

__PM_ON_GIVES(int, -ENOSYS, pm_request_autosuspend)
__PM_ON_GIVES(int, -ENOSYS, pm_request_idle)
__PM_ON_GIVES(int, -ENOSYS, pm_runtime_autosuspend)
__PM_ON_GIVES(int, -ENOSYS, pm_runtime_idle)
__PM_ON_GIVES(int, -ENOSYS, pm_runtime_put_sync_autosuspend)
__PM_ON_GIVES(int, -ENOSYS, pm_runtime_put_sync_suspend)
__PM_ON_GIVES(int, -ENOSYS, pm_runtime_suspend)
__PM_ON_GIVES(int, -ENOSYS, pm_schedule_suspend, unsigned int delay)

__PM_ON_GIVES(int, -EINVAL, pm_runtime_get_if_active, bool ign_usage_count)
__PM_ON_GIVES(int, -EINVAL, pm_runtime_get_if_in_use)

__PM_ON_GIVES(u64, 0, pm_runtime_suspended_time)

__PM_ON_GIVES(unsigned long, 0, pm_runtime_autosuspend_expiration)

#undef __PM_ON_GIVES
#undef __PM_ON_IGNORES

#endif
