/* SPDX-License-Identifier: Apache-2.0 */
/* Sensors and fans in /sys/class/hwmon (Linux 6.1, include/linux/hwmon.h). Process context. */
#ifndef _HWMON_H_
#define _HWMON_H_

#include <linux/types.h>

struct device;
struct attribute_group;

__BEGIN_DECLS

/* ERR_PTR: -EINVAL (a name that is empty or has one of "-* \t\n" in it), -ENOMEM. */
struct device *hwmon_device_register(struct device *dev);
struct device *hwmon_device_register_with_groups(struct device *dev, const char *name, void *drvdata,
						 const struct attribute_group **groups);
struct device *devm_hwmon_device_register_with_groups(struct device *dev, const char *name, void *drvdata,
						      const struct attribute_group **groups);
void hwmon_device_unregister(struct device *dev);
void devm_hwmon_device_unregister(struct device *dev);
char *hwmon_sanitize_name(const char *name);
char *devm_hwmon_sanitize_name(struct device *dev, const char *name);

__END_DECLS

static inline bool hwmon_is_bad_char(const char ch)
{
	return ch == '-' || ch == '*' || ch == ' ' || ch == '\t' || ch == '\n';
}

#endif
