// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Right Redzone overwritten
#include "defect.h"

static int __init defect_init(void)
{
	char *p = kmalloc(100, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
#ifndef CORRECT
	memset(p, 0, 101);
#else
	memset(p, 0, 100);
#endif
	kfree(p); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
