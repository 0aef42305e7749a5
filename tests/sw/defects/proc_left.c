// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module proc_left unloaded with /proc/left still there
#include "defect.h"
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int show(struct seq_file *m, void *unused)
{
	seq_puts(m, "left\n");
	return 0;
}

static int __init defect_init(void)
{
	return proc_create_single("left", 0, NULL, show) ? 0 : -ENOMEM; /* here */
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	remove_proc_entry("left", NULL);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
