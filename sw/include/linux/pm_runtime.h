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

static inline void pm_runtime_enable(struct device *dev)
{
}

static inline void pm_runtime_disable(struct device *dev)
{
}

static inline int devm_pm_runtime_enable(struct device *dev)
{
	return 0;
}

static inline int pm_runtime_get(struct device *dev)
{
	return 1;
}

static inline int pm_runtime_get_sync(struct device *dev)
{
	return 1;
}

static inline int pm_runtime_resume_and_get(struct device *dev)
{
	return 0;
}

static inline void pm_runtime_get_noresume(struct device *dev)
{
}

static inline int pm_runtime_put(struct device *dev)
{
	return 0;
}

static inline int pm_runtime_put_sync(struct device *dev)
{
	return 0;
}

static inline void pm_runtime_put_noidle(struct device *dev)
{
}

static inline int pm_runtime_put_autosuspend(struct device *dev)
{
	return 0;
}

static inline int pm_runtime_set_active(struct device *dev)
{
	return 0;
}

static inline void pm_runtime_set_suspended(struct device *dev)
{
}

static inline bool pm_runtime_suspended(struct device *dev)
{
	return false;
}

static inline bool pm_runtime_active(struct device *dev)
{
	return true;
}

static inline void pm_runtime_mark_last_busy(struct device *dev)
{
}

static inline void pm_runtime_use_autosuspend(struct device *dev)
{
}

static inline void pm_runtime_dont_use_autosuspend(struct device *dev)
{
}

static inline void pm_runtime_set_autosuspend_delay(struct device *dev, int delay)
{
}

static inline int pm_runtime_force_suspend(struct device *dev)
{
	return 0;
}

static inline int pm_runtime_force_resume(struct device *dev)
{
	return 0;
}

static inline int pm_runtime_idle(struct device *dev)
{
	return -ENOSYS;
}

static inline int pm_runtime_suspend(struct device *dev)
{
	return -ENOSYS;
}

static inline int pm_runtime_resume(struct device *dev)
{
	return 1;
}

static inline int pm_runtime_autosuspend(struct device *dev)
{
	return -ENOSYS;
}

static inline int pm_request_idle(struct device *dev)
{
	return -ENOSYS;
}

static inline int pm_request_resume(struct device *dev)
{
	return 1;
}

static inline int pm_request_autosuspend(struct device *dev)
{
	return -ENOSYS;
}

static inline int pm_schedule_suspend(struct device *dev, unsigned int delay)
{
	return -ENOSYS;
}

static inline int pm_runtime_get_if_in_use(struct device *dev)
{
	return -EINVAL;
}

static inline int pm_runtime_get_if_active(struct device *dev, bool ign_usage_count)
{
	return -EINVAL;
}

static inline int pm_runtime_put_sync_suspend(struct device *dev)
{
	return -ENOSYS;
}

static inline int pm_runtime_put_sync_autosuspend(struct device *dev)
{
	return -ENOSYS;
}

static inline bool pm_runtime_enabled(struct device *dev)
{
	return false;
}

static inline bool pm_runtime_status_suspended(struct device *dev)
{
	return false;
}

static inline bool pm_runtime_has_no_callbacks(struct device *dev)
{
	return false;
}

static inline int pm_runtime_barrier(struct device *dev)
{
	return 0;
}

static inline u64 pm_runtime_suspended_time(struct device *dev)
{
	return 0;
}

static inline unsigned long pm_runtime_autosuspend_expiration(struct device *dev)
{
	return 0;
}

static inline void pm_runtime_allow(struct device *dev)
{
}

static inline void pm_runtime_forbid(struct device *dev)
{
}

static inline void pm_runtime_no_callbacks(struct device *dev)
{
}

static inline void pm_runtime_irq_safe(struct device *dev)
{
}

static inline bool pm_runtime_is_irq_safe(struct device *dev)
{
	return false;
}

static inline void pm_suspend_ignore_children(struct device *dev, bool enable)
{
}

static inline void pm_runtime_get_suppliers(struct device *dev)
{
}

static inline void pm_runtime_put_suppliers(struct device *dev)
{
}

#endif
