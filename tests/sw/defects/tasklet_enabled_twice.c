// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: at include/linux/interrupt.h:
#include "defect.h"

static void function(struct tasklet_struct *t)
{
}
static DECLARE_TASKLET(tasklet, function);

static int __init defect_init(void)
{
	tasklet_disable(&tasklet);
	tasklet_enable(&tasklet);
#ifndef CORRECT
	tasklet_enable(&tasklet); /* here */
#endif
	return 0;
}

static void __exit defect_exit(void)
{
	tasklet_kill(&tasklet);
}
module_init(defect_init);
module_exit(defect_exit);
