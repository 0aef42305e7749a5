/* SPDX-License-Identifier: Apache-2.0 */
/* Misc devices: character devices of major 10 with one minor each (Linux's include/linux/miscdevice.h). */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/major.h>
#include <linux/types.h>

#define PSMOUSE_MINOR	   1
#define MS_BUSMOUSE_MINOR  2
#define ATIXL_BUSMOUSE_MINOR 3
#define ATARIMOUSE_MINOR   5
#define SUN_MOUSE_MINOR	   6
#define APOLLO_MOUSE_MINOR 7
#define PC110PAD_MINOR	   9
#define WATCHDOG_MINOR	   130
#define TEMP_MINOR	   131
#define APM_MINOR_DEV	   134
#define RTC_MINOR	   135
#define EFI_RTC_MINOR	   136
#define SUN_OPENPROM_MINOR 139
#define DMAPI_MINOR	   140
#define NVRAM_MINOR	   144
#define SBUS_FLASH_MINOR   152
#define SGI_MMTIMER	   153
#define STORE_QUEUE_MINOR  155
#define I2O_MINOR	   166
#define HWRNG_MINOR	   183
#define MICROCODE_MINOR	   184
#define IRNET_MINOR	   187
#define D7S_MINOR	   193
#define VFIO_MINOR	   196
#define TUN_MINOR	   200
#define CUSE_MINOR	   203
#define MWAVE_MINOR	   219
#define MPT_MINOR	   220
#define UINPUT_MINOR	   223
#define FUSE_MINOR	   229
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
