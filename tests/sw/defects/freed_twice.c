// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Object already free
#include "defect.h"

static int __init defect_init(void)
{
	void *p = kmalloc(100, GFP_KERNEL);

	kfree(p);
#ifndef CORRECT
	kfree(p); /* here */
#else
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
