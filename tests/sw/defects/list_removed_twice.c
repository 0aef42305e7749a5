// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: list_del corruption, 
#include "defect.h"

static LIST_HEAD(list);
static struct list_head entry;

static int __init defect_init(void)
{
	list_add(&entry, &list);
	list_del(&entry);
#ifndef CORRECT
	list_del(&entry); /* here */
#else
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
