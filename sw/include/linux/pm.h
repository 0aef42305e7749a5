/* SPDX-License-Identifier: Apache-2.0 */
/* Power management callbacks (Linux 6.1, include/linux/pm.h). The simulated system never suspends; they are kept, not called. */
#ifndef _LINUX_PM_H
#define _LINUX_PM_H

#include <linux/compiler.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct device;

/* What device_move() is to do with the order of suspending. */
enum dpm_order {
	DPM_ORDER_NONE,
	DPM_ORDER_DEV_AFTER_PARENT,
	DPM_ORDER_PARENT_BEFORE_DEV,
	DPM_ORDER_DEV_LAST,
};

typedef struct pm_message {
	int event;
} pm_message_t;

struct dev_pm_ops {
	int (*prepare)(struct device *dev);
	void (*complete)(struct device *dev);
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
	int (*freeze)(struct device *dev);
	int (*thaw)(struct device *dev);
	int (*poweroff)(struct device *dev);
	int (*restore)(struct device *dev);
	int (*suspend_late)(struct device *dev);
	int (*resume_early)(struct device *dev);
	int (*suspend_noirq)(struct device *dev);
	int (*resume_noirq)(struct device *dev);
	int (*runtime_suspend)(struct device *dev);
	int (*runtime_resume)(struct device *dev);
	int (*runtime_idle)(struct device *dev);
};

/* What linux/pm_wakeup.h and linux/pm_runtime.h keep of a device. */
struct dev_pm_info {
	pm_message_t power_state;
	bool runtime_auto;
	bool no_callbacks;
	bool can_wakeup;
	bool wakeup_enabled;
	bool in_sysfs; /* the files of power/ are there */
	unsigned int wakeup_count;
	int usage_count;
	int disable_depth;
};

enum rpm_status {
	RPM_INVALID = -1,
	RPM_ACTIVE = 0,
	RPM_RESUMING,
	RPM_SUSPENDED,
	RPM_SUSPENDING,
};

/* Devices that are powered together. */
struct dev_pm_domain {
	struct dev_pm_ops ops;
	int (*start)(struct device *dev);
	void (*detach)(struct device *dev, bool power_off);
	int (*activate)(struct device *dev);
	void (*sync)(struct device *dev);
	void (*dismiss)(struct device *dev);
};

#define PM_EVENT_INVALID   (-1)
#define PM_EVENT_ON	   0x0000
#define PM_EVENT_FREEZE	   0x0001
#define PM_EVENT_SUSPEND   0x0002
#define PM_EVENT_HIBERNATE 0x0004
#define PM_EVENT_QUIESCE   0x0008
#define PM_EVENT_RESUME	   0x0010
#define PM_EVENT_THAW	   0x0020
#define PM_EVENT_RESTORE   0x0040
#define PM_EVENT_RECOVER   0x0080
#define PM_EVENT_USER	   0x0100
#define PM_EVENT_REMOTE	   0x0200
#define PM_EVENT_AUTO	   0x0400
#define PM_EVENT_SLEEP	   (PM_EVENT_SUSPEND | PM_EVENT_HIBERNATE)

#define __PMSG(_event)	   ((struct pm_message){ .event = (_event) })
#define PMSG_INVALID	   __PMSG(PM_EVENT_INVALID)
#define PMSG_ON		   __PMSG(PM_EVENT_ON)
#define PMSG_FREEZE	   __PMSG(PM_EVENT_FREEZE)
#define PMSG_QUIESCE	   __PMSG(PM_EVENT_QUIESCE)
#define PMSG_SUSPEND	   __PMSG(PM_EVENT_SUSPEND)
#define PMSG_HIBERNATE	   __PMSG(PM_EVENT_HIBERNATE)
#define PMSG_RESUME	   __PMSG(PM_EVENT_RESUME)
#define PMSG_THAW	   __PMSG(PM_EVENT_THAW)
#define PMSG_RESTORE	   __PMSG(PM_EVENT_RESTORE)
#define PMSG_RECOVER	   __PMSG(PM_EVENT_RECOVER)
#define PMSG_USER_SUSPEND  __PMSG(PM_EVENT_USER | PM_EVENT_SUSPEND)
#define PMSG_USER_RESUME   __PMSG(PM_EVENT_USER | PM_EVENT_RESUME)
#define PMSG_AUTO_SUSPEND  __PMSG(PM_EVENT_AUTO | PM_EVENT_SUSPEND)
#define PMSG_AUTO_RESUME   __PMSG(PM_EVENT_AUTO | PM_EVENT_RESUME)
#define PMSG_IS_AUTO(msg)  (((msg).event & PM_EVENT_AUTO) != 0)

#define pm_ptr(_ptr)	   (_ptr)
#define pm_sleep_ptr(_ptr) (_ptr)

#define SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)                                                                     \
	.suspend = pm_sleep_ptr(suspend_fn), .resume = pm_sleep_ptr(resume_fn), .freeze = pm_sleep_ptr(suspend_fn),    \
	.thaw = pm_sleep_ptr(resume_fn), .poweroff = pm_sleep_ptr(suspend_fn), .restore = pm_sleep_ptr(resume_fn),
#define LATE_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)                                                                \
	.suspend_late = pm_sleep_ptr(suspend_fn), .resume_early = pm_sleep_ptr(resume_fn),
#define NOIRQ_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)                                                               \
	.suspend_noirq = pm_sleep_ptr(suspend_fn), .resume_noirq = pm_sleep_ptr(resume_fn),
#define RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn)                                                                 \
	.runtime_suspend = suspend_fn, .runtime_resume = resume_fn, .runtime_idle = idle_fn,
#define SET_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)	     SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)
#define SET_LATE_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)  LATE_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)
#define SET_NOIRQ_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) NOIRQ_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)
#define SET_RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn)   RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn)

#define DEFINE_SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn)                                                          \
	const struct dev_pm_ops name = { SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) }
#define SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn)                                                                 \
	const struct dev_pm_ops __maybe_unused name = { SET_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) }
#define UNIVERSAL_DEV_PM_OPS(name, suspend_fn, resume_fn, idle_fn)                                                     \
	const struct dev_pm_ops __maybe_unused name = { SET_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)                 \
								SET_RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn) }

/* The same for several drivers that lie in modules of their own. */
#define _EXPORT_DEV_PM_OPS(name, gpl, ns)    \
	const struct dev_pm_ops name;        \
	__EXPORT_SYMBOL(name, gpl, ns);      \
	const struct dev_pm_ops name
#define EXPORT_DEV_PM_OPS(name)		   _EXPORT_DEV_PM_OPS(name, 0, "")
#define EXPORT_GPL_DEV_PM_OPS(name)	   _EXPORT_DEV_PM_OPS(name, 1, "")
#define EXPORT_NS_DEV_PM_OPS(name, ns)	   _EXPORT_DEV_PM_OPS(name, 0, #ns)
#define EXPORT_NS_GPL_DEV_PM_OPS(name, ns) _EXPORT_DEV_PM_OPS(name, 1, #ns)
#define EXPORT_SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn) \
	EXPORT_DEV_PM_OPS(name) = { SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) }
#define EXPORT_GPL_SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn) \
	EXPORT_GPL_DEV_PM_OPS(name) = { SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) }
#define EXPORT_NS_SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn, ns) \
	EXPORT_NS_DEV_PM_OPS(name, ns) = { SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) }
#define EXPORT_NS_GPL_SIMPLE_DEV_PM_OPS(name, suspend_fn, resume_fn, ns) \
	EXPORT_NS_GPL_DEV_PM_OPS(name, ns) = { SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) }

__BEGIN_DECLS
extern void (*pm_power_off)(void);
__END_DECLS

#include <linux/pm_wakeup.h>

#endif
