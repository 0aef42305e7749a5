/* SPDX-License-Identifier: Apache-2.0 */
/* Misc devices: character devices of major 10 with one minor each (Linux's include/linux/miscdevice.h). */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/major.h>
#include <linux/types.h>

#define WATCHDOG_MINOR	   130
#define RTC_MINOR	   135
#define HWRNG_MINOR	   183
#define MISC_DYNAMIC_MINOR 255

struct attribute_group;
struct file_operations;

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
	struct device *parent;
	struct device *this_device;
	const struct attribute_group **groups;
	const char *nodename;
	umode_t mode;
};

__BEGIN_DECLS

/* Makes /dev/NAME. -EBUSY when the minor is taken. misc_open finds the miscdevice in file->private_data. */
int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

__END_DECLS

#define builtin_misc_device(__misc_device) builtin_driver(__misc_device, misc_register)
#define module_misc_device(__misc_device) module_driver(__misc_device, misc_register, misc_deregister)

#endif
