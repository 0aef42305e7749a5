// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module notifier_left unloaded with notifier told [notifier_left] still registered
#include "defect.h"
#include <linux/notifier.h>
#include <linux/reboot.h>

static int told(struct notifier_block *nb, unsigned long event, void *data) /* here */
{
	return NOTIFY_DONE;
}

static struct notifier_block notifier = { .notifier_call = told };

static int __init defect_init(void)
{
	return register_reboot_notifier(&notifier);
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	unregister_reboot_notifier(&notifier);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
