// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: use-after-free in timer_fn+
// with: --kasan
#include "defect.h"

static struct timer_list timer;
static int *count;

static void timer_fn(struct timer_list *t)
{
	++*count; /* here */
}

static int __init defect_init(void)
{
	count = kzalloc(sizeof(*count), GFP_KERNEL);
	if (!count)
		return -ENOMEM;
	timer_setup(&timer, timer_fn, 0);
	mod_timer(&timer, jiffies + 2);
#ifdef CORRECT
	del_timer_sync(&timer);
#endif
	kfree(count);
	return 0;
}

static void __exit defect_exit(void)
{
	del_timer_sync(&timer);
}

module_init(defect_init);
module_exit(defect_exit);
