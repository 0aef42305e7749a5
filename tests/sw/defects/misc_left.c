// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module misc_left unloaded with misc device left still registered
#include "defect.h"
#include <linux/fs.h>
#include <linux/miscdevice.h>

static const struct file_operations operations = { .owner = THIS_MODULE };
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "left", .fops = &operations };

static int __init defect_init(void)
{
	return misc_register(&device); /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	misc_deregister(&device);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
