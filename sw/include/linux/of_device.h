/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_OF_DEVICE_H
#define _LINUX_OF_DEVICE_H

#include <linux/device.h>
#include <linux/of.h>
#include <linux/of_platform.h>

__BEGIN_DECLS
const struct of_device_id *of_match_device(const struct of_device_id *matches, const struct device *dev);
const void *of_device_get_match_data(const struct device *dev);
/* "of:NnameT(type)Ccompatible...": how many characters, like snprintf; -ENODEV: the device has no node. */
ssize_t of_device_modalias(struct device *dev, char *str, ssize_t len);
void of_device_uevent(struct device *dev, struct kobj_uevent_env *env);
int of_device_uevent_modalias(struct device *dev, struct kobj_uevent_env *env);
__END_DECLS

static inline int of_driver_match_device(struct device *dev, const struct device_driver *drv)
{
	return of_match_device(drv->of_match_table, dev) != NULL;
}

#endif
