/* SPDX-License-Identifier: Apache-2.0 */
/* There is no thermal management here: as in a kernel without CONFIG_THERMAL (Linux 6.1, include/linux/thermal.h). */
#ifndef __THERMAL_H__
#define __THERMAL_H__

#include <linux/device.h>
#include <linux/err.h>
#include <linux/of.h>
#include <linux/workqueue.h>

#define THERMAL_NO_LIMIT ((u32)~0)

struct thermal_cooling_device {
	int id;
	char *type;
	struct device device;
	void *devdata;
};

struct thermal_cooling_device_ops {
	int (*get_max_state)(struct thermal_cooling_device *, unsigned long *);
	int (*get_cur_state)(struct thermal_cooling_device *, unsigned long *);
	int (*set_cur_state)(struct thermal_cooling_device *, unsigned long);
};

static inline struct thermal_cooling_device *
thermal_cooling_device_register(const char *type, void *devdata, const struct thermal_cooling_device_ops *ops)
{
	return (struct thermal_cooling_device *)ERR_PTR(-ENODEV);
}

static inline struct thermal_cooling_device *
thermal_of_cooling_device_register(struct device_node *np, const char *type, void *devdata,
				   const struct thermal_cooling_device_ops *ops)
{
	return (struct thermal_cooling_device *)ERR_PTR(-ENODEV);
}

static inline struct thermal_cooling_device *
devm_thermal_of_cooling_device_register(struct device *dev, struct device_node *np, char *type, void *devdata,
					const struct thermal_cooling_device_ops *ops)
{
	return (struct thermal_cooling_device *)ERR_PTR(-ENODEV);
}

static inline void thermal_cooling_device_unregister(struct thermal_cooling_device *cdev)
{
}

#endif
