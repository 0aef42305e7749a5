// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: slab-out-of-bounds in defect_init+
// with: --kasan
#include "defect.h"
#ifdef CORRECT
#define SIZE 100
#else
#define SIZE 104
#endif

static int size = SIZE;
module_param(size, int, 0);

static int __init defect_init(void)
{
	char *object = kmalloc(100, GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	memset(object + size - 4, 0, 4); /* here */
	kfree(object);
	return 0;
}

static void __exit defect_exit(void) { }

module_init(defect_init);
module_exit(defect_exit);
