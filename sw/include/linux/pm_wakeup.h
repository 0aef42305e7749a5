/* SPDX-License-Identifier: Apache-2.0 */
/* Wake-up sources (Linux 6.1, include/linux/pm_wakeup.h): what a device may do is kept; events are only counted. */
#ifndef _LINUX_PM_WAKEUP_H
#define _LINUX_PM_WAKEUP_H

#ifndef _LINUX_PM_H
#include <linux/pm.h>
#endif

__BEGIN_DECLS
bool device_can_wakeup(struct device *dev);
bool device_may_wakeup(struct device *dev);
void device_set_wakeup_capable(struct device *dev, bool capable);
int device_wakeup_enable(struct device *dev);
int device_wakeup_disable(struct device *dev);
int device_set_wakeup_enable(struct device *dev, bool enable);
int device_init_wakeup(struct device *dev, bool enable);
void pm_stay_awake(struct device *dev);
void pm_relax(struct device *dev);
void pm_wakeup_dev_event(struct device *dev, unsigned int msec, bool hard);
__END_DECLS

/* Sleep states have no paths to keep powered. */
static inline void device_set_wakeup_path(struct device *dev)
{
}

static inline void pm_wakeup_event(struct device *dev, unsigned int msec)
{
	pm_wakeup_dev_event(dev, msec, false);
}

static inline void pm_wakeup_hard_event(struct device *dev)
{
	pm_wakeup_dev_event(dev, 0, true);
}

/* The whole system is awake. */
static inline void pm_system_wakeup(void)
{
}

#endif
