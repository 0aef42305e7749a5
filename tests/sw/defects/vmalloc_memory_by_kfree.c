// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: object pointer: 0x
#include "defect.h"
#include <linux/vmalloc.h>

static int __init defect_init(void)
{
	void *memory = vmalloc(3 * PAGE_SIZE);

	if (!memory)
		return -ENOMEM;
#ifndef CORRECT
	kfree(memory); /* here */
#else
	kvfree(memory);
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);
