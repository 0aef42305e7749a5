// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Right Redzone overwritten
#include "defect.h"

static char *ring;

static int __init defect_init(void)
{
	int last = 255;

	ring = kcalloc(16, 16, GFP_KERNEL); /* as large as its cache's objects */
	if (!ring)
		return -ENOMEM;
#ifndef CORRECT
	last++;
#endif
	((volatile char *)ring)[last] = 1;
	return 0;
}

static void __exit defect_exit(void)
{
	kfree(ring); /* here */
}

module_init(defect_init);
module_exit(defect_exit);
