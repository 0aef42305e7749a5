// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: ODEBUG: free active (active state 0) object type: hrtimer hint: expired+0x0
#include "defect.h"

struct object {
	struct hrtimer timer;
};

static enum hrtimer_restart expired(struct hrtimer *t) { return HRTIMER_NORESTART; }

static int __init defect_init(void)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return -ENOMEM;
	hrtimer_init(&o->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	o->timer.function = expired;
	hrtimer_start(&o->timer, ms_to_ktime(50), HRTIMER_MODE_REL);
#ifndef CORRECT
#else
	hrtimer_cancel(&o->timer);
#endif
	kfree(o); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);
