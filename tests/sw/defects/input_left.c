// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module input_left unloaded with device input0 still registered
#include "defect.h"
#include <linux/input.h>

static struct input_dev *device;

static int __init defect_init(void)
{
	device = input_allocate_device();
	if (!device)
		return -ENOMEM;
	input_set_capability(device, EV_KEY, KEY_A);
	return input_register_device(device); /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	input_unregister_device(device);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
