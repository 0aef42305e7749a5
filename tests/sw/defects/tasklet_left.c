// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module tasklet_left unloaded with 
#include "defect.h"

static void bottom_half(struct tasklet_struct *t) { } /* here */
static DECLARE_TASKLET(tasklet, bottom_half);

static int __init defect_init(void)
{
	tasklet_disable(&tasklet);
	tasklet_schedule(&tasklet);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	tasklet_enable(&tasklet);
	tasklet_kill(&tasklet);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
