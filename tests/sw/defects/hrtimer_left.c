// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module hrtimer_left unloaded with 
#include "defect.h"

static struct hrtimer timer;
static enum hrtimer_restart expired(struct hrtimer *t) { return HRTIMER_NORESTART; } /* here */

static int __init defect_init(void)
{
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = expired;
	hrtimer_start(&timer, ms_to_ktime(100000), HRTIMER_MODE_REL);
	return 0;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	hrtimer_cancel(&timer);
#endif
}

module_init(defect_init);
module_exit(defect_exit);
