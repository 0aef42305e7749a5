// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Right Redzone overwritten
#include "defect.h"

static char *ring;

static int __init defect_init(void)
{
	ring = kmalloc(40, GFP_KERNEL); /* here */
	if (!ring)
		return -ENOMEM;
#ifdef CORRECT
	((volatile char *)ring)[39] = 1;
#else
	((volatile char *)ring)[40] = 1;
#endif
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	kfree(ring);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
