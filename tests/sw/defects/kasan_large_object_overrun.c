// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: slab-out-of-bounds in defect_init+
// with: --kasan
#include "defect.h"
#ifdef CORRECT
#define LAST 19999
#else
#define LAST 20000
#endif

static int __init defect_init(void)
{
	char *object = kmalloc(20000, GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	WRITE_ONCE(object[LAST], 1); /* here */
	kfree(object);
	return 0;
}

static void __exit defect_exit(void) { }

module_init(defect_init);
module_exit(defect_exit);
