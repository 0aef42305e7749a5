// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module irq_descriptor_left unloaded with irq descriptor
#include "defect.h"
#include <linux/irq.h>

static int first;

static int __init defect_init(void)
{
	first = irq_alloc_descs(-1, 64, 2, 0); /* here */
	return first < 0 ? first : 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	irq_free_descs(first, 2);
#endif
}
module_init(defect_init);
module_exit(defect_exit);
