// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: list_add double add: 
#include "defect.h"

static LIST_HEAD(list);
static struct list_head entry;

static int __init defect_init(void)
{
	list_add(&entry, &list);
#ifndef CORRECT
	list_add(&entry, &list); /* here */
#else
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
