// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: Unable to handle kernel NULL pointer dereference at virtual address 
// with: --fault kmalloc:nth=2
#include "defect.h"

static int *first, *second;

static int __init defect_init(void)
{
	first = kzalloc(sizeof(*first), GFP_KERNEL);
	if (!first)
		return -ENOMEM;
	second = kzalloc(20000, GFP_KERNEL); /* pages, not a slab's object */
#ifdef CORRECT
	if (!second)
		return 0;
#endif
	*second = 1; /* here */
	return 0;
}

static void __exit defect_exit(void)
{
	kfree(first);
	kfree(second);
}

module_init(defect_init);
module_exit(defect_exit);
