// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module debugfs_left unloaded with /sys/kernel/debug/left still there, and 1 more from the same place
#include "defect.h"
#include <linux/debugfs.h>

static struct dentry *made[2];

static int __init defect_init(void)
{
	for (int i = 0; i < 2; i++)
		made[i] = debugfs_create_dir(i ? "other" : "left", NULL); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	debugfs_remove(made[0]);
	debugfs_remove(made[1]);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
