// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module mapping_left unloaded with registers at 
#include "defect.h"
#include <linux/io.h>

static void __iomem *registers;

static int __init defect_init(void)
{
	registers = ioremap(0xfe760000, 0x100); /* here */
	return registers ? 0 : -ENOMEM;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	iounmap(registers);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
