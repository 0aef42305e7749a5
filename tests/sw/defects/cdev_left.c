// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module cdev_left unloaded with character device 
#include "defect.h"
#include <linux/cdev.h>
#include <linux/fs.h>

static const struct file_operations operations = { .owner = THIS_MODULE };
static struct cdev device;
static dev_t number;

static int __init defect_init(void)
{
	int error = alloc_chrdev_region(&number, 0, 1, "left");

	if (error)
		return error;
	cdev_init(&device, &operations);
	return cdev_add(&device, number, 1); /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	cdev_del(&device);
	unregister_chrdev_region(number, 1);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
