// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module memory_left unloaded with 
#include "defect.h"

static void *memory;

static int __init defect_init(void)
{
	memory = kmalloc(1000, GFP_KERNEL); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	kfree(memory);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
